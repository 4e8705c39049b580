import { readFileSync } from "node:fs";
import type { Server } from "../tests/server.ts";

const example = new URL("../../examples/declaration-ai-governance.md", import.meta.url);

/** The clauses of the demonstration's declaration that are there in every language, with what stands under them. */
function translated(): string {
  const blocks = readFileSync(example, "utf8").split(/\n\n(?! *>)/);
  let isKept = true;
  const kept = blocks.filter((block) => {
    const isWhole = block.includes("**ar**");
    if (/^\S/.test(block)) isKept = isWhole;
    return isKept && isWhole;
  });
  return kept.join("\n\n");
}

type Texts = Record<string, string>;
interface Clause {
  id: string;
  label: string;
  text: Texts;
}

/** A seat in the draft, and what it can do there. */
export interface Seated {
  token: string;
  act(act: object): Promise<void>;
  ask<T>(path: string, method?: string, body?: object): Promise<T>;
}

/** A draft in the middle of its negotiation, of States that do not exist: something of everything that a page can show. */
export async function sample(server: Server) {
  const call = async <T>(token: string, path: string, method = "GET", body?: object) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const address = `http://127.0.0.1:${server.port}/api/v1${path}`;
    const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  };
  const office = server.token("secretariat");
  const demo = await server.draft();
  const roster = await call<{ delegations: Record<string, Record<string, unknown>> }>(
    office,
    `/drafts/${demo}/roster`,
  );
  const seats = Object.entries(roster.delegations).map(([delegation, { left: _, ...seat }]) => ({
    delegation,
    ...seat,
  }));
  const { id } = await call<{ id: string }>(office, "/drafts", "POST", {
    title: "Conference on the Global Governance of Artificial Intelligence",
    authentic: ["en"],
    working: ["ar", "fr", "zh"],
    rule: { decision: "consensus", silence_hours: 1 },
    markdown: translated(),
    seats,
  });
  const at = `/drafts/${id}`;
  const seated = async (delegation: string, role = "delegate"): Promise<Seated> => {
    const seat = { delegation, role, drafts: [id] };
    const { token } = await call<{ token: string }>(office, "/seats", "POST", seat);
    return {
      token,
      act: (act) => call(token, `${at}/acts`, "POST", act),
      ask: (path, method, body) => call(token, at + path, method, body),
    };
  };
  const [chair, avr, nrm, tmd, ksb, vls] = await Promise.all([
    seated("CHAIR", "facilitator"),
    ...["AVR", "NRM", "TMD", "KSB", "VLS"].map((code) => seated(code)),
  ]);
  if (!chair || !avr || !nrm || !tmd || !ksb || !vls) throw new Error("a seat is missing");

  const clauses = async () => (await chair.ask<{ clauses: Clause[] }>("/text")).clauses;
  const first = await clauses();
  const by = (label: string) => {
    const found = first.find((c) => c.label === label);
    if (!found) throw new Error(`no ${label} among ${first.map((c) => c.label).join(" ")}`);
    return found;
  };
  /** The clause's words with something changed in every language. */
  const changed = (clause: Clause, ...pairs: [string, string][]) => {
    const text = Object.fromEntries(
      ["en", "ar", "zh"].map((l) => [
        l,
        pairs.reduce((words, [old, now]) => words.replace(old, now), clause.text[l] ?? ""),
      ]),
    );
    return { amendment: { replace: { clause: clause.id } }, text };
  };
  const propose = (who: Seated, proposal: string, what: object, rationale: string) =>
    who.act({ propose: { proposal, ...what, rationale } });
  const present = {
    present: seats.filter((s) => "entitled" in s && s.entitled).map((s) => s.delegation),
  };
  const agree = async (clause: string, ...awaited: string[]) => {
    await chair.act({ call: { clause, ...present } });
    if (awaited.length) await chair.act({ agree_ad_ref: { clause, awaiting: awaited } });
    else await chair.act({ agree: { clause } });
  };

  await chair.act({ seal_version: { name: "Rev.1" } });
  const incidents = by("OP5(a)");
  await propose(
    avr,
    "p1",
    changed(incidents, ["72 hours", "48 hours"], ["72 ساعة", "48 ساعة"], ["72小时", "48小时"]),
    "Three days is long when people are at risk.",
  );
  await chair.act({ incorporate: { proposal: "p1" } });
  for (const label of ["PP1", "PP3", "OP1"]) await agree(by(label).id);
  await agree(by("PP5").id, "VLS");
  await propose(
    nrm,
    "p2",
    { amendment: { move: { clause: by("PP6").id, after: by("PP3").id } } },
    "First for whom, then what.",
  );
  await chair.act({ incorporate: { proposal: "p2" } });
  await chair.act({ seal_version: { name: "Rev.2" } });

  const { items } = await chair.ask<{ items: { name: string; seq: number }[] }>("/versions");
  const rev1 = items.find((version) => version.name === "Rev.1")?.seq;
  const sovereignty = first.find((c) => c.id === "sovereignty");
  const tests = by("OP4(a)");
  await propose(
    ksb,
    "p3",
    changed(tests, ["30 days", "45 days"], ["30 يوما", "45 يوما"], ["30天", "45天"]),
    "A new authority needs the time.",
  );
  await propose(
    avr,
    "p4",
    changed(
      tests,
      ["independent of the provider", "independent of the provider and of the State"],
      ["مستقلون عن المورّد", "مستقلون عن المورّد وعن الدولة"],
      ["独立于提供者", "独立于提供者和国家"],
    ),
    "Nobody should test for themselves.",
  );
  await tmd.act({ cosponsor: { proposal: "p3" } });
  await nrm.act({
    object: { on: { proposal: "p4" }, reason: "Some States test themselves, and well." },
  });
  await tmd.act({ take_position: { on: { proposal: "p3" }, stance: "support" } });
  await vls.act({ take_position: { on: { proposal: "p3" }, stance: "accept" } });
  await vls.act({
    take_position: { on: { clause: tests.id }, stance: "reserve", note: "Subject to the annex." },
  });
  for (const who of [avr, ksb])
    await who.act({ take_position: { on: { clause: tests.id }, stance: "support" } });
  await nrm.act({
    object: { on: { clause: by("OP8").id }, reason: "No fund without an auditor." },
  });
  const until = new Date(Date.now() + 50 * 3_600_000).toISOString();
  if (sovereignty)
    await chair.act({ open_silence: { targets: [{ clause: sovereignty.id }], until } });
  await chair.act({ call: { clause: by("OP11").id, ...present } });
  await propose(
    ksb,
    "p5",
    {
      amendment: { insert_after: { clause: "uneven-benefits", kind: "preambular" } },
      text: {
        en: "*Recalling* that no language is too small to be understood,",
        ar: "*وإذ يشير* إلى أنه ما من لغة أصغر من أن تُفهم،",
        zh: "*回顾*没有一种语言小到不值得被理解，",
      },
    },
    "So that nobody is left out.",
  );
  for (const [who, stance] of [
    [avr, "support"],
    [nrm, "accept"],
    [tmd, "support"],
    [ksb, "abstain"],
  ] as const)
    for (const label of ["PP2", "OP2(a)", "OP6", "OP7"])
      await who.act({ take_position: { on: { clause: by(label).id }, stance } });
  await chair.ask("/pointer", "PUT", { clause: tests.id });
  const secretary: Seated = {
    token: office,
    act: (act) => call(office, `${at}/acts`, "POST", act),
    ask: (path, method, body) => call(office, at + path, method, body),
  };
  return { id, chair, avr, secretary, tests: tests.id, rev1 };
}
