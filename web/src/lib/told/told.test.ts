import { beforeEach, describe, expect, test } from "vitest";
import type { EntryView, Problem, Screen, Step } from "../../api/types.ts";
import { Draft } from "../draft.svelte.ts";
import { names as languages, speak, speakFully, speakMore } from "../i18n.ts";
import { entryTold } from "./entry.ts";
import { listed } from "./names.ts";
import { phrase } from "./refusal.ts";
import { stepTold } from "./step.ts";

const seated = (name: string) => ({ name, role: "delegate", entitled: true });
const roster = {
  delegations: { AVR: seated("Averland"), NRM: seated("Norrmark"), MRD: seated("Meridia") },
  groups: { ISL: { name: "Islands", members: ["AVR"] } },
};
const screen = {
  roster,
  text: {
    seq: 7,
    heads: [],
    clauses: [
      { id: "op-a", label: "OP1" },
      { id: "op-b", label: "OP2" },
    ],
  },
  status: {
    clauses: [{ id: "op-a" }, { id: "op-b" }],
    proposals: [{ id: "p1", label: "OP1 alt 1" }],
    votes: [],
  },
  rolling: { language: "en", clauses: [] },
} as unknown as Screen;

const by = { seat: { delegation: "AVR" } };
const entry = (act: unknown, more = {}) =>
  ({ by, act, touched: [], ...more }) as unknown as EntryView;
const problem = (code: string, about = {}) => ({ code, about }) as Problem;

let draft: Draft;
beforeEach(() => {
  draft = new Draft(screen);
});

describe("in English", () => {
  beforeEach(async () => {
    await speak("en");
    await Promise.all([speakFully(), speakMore("told"), speakMore()]);
  });

  test("an entry names delegations by name, clauses by number, proposals by place", () => {
    const told = (act: unknown, more = {}) => entryTold(entry(act, more), draft);
    expect(told({ take_position: { on: { clause: "op-a" }, stance: "accept" } })).toBe(
      "Averland can live with OP1.",
    );
    const objects = { on: { proposal: "p1" }, reason: "cost", as_group: "ISL" };
    expect(told({ object: objects })).toBe("Averland, for Islands, objects to OP1 alt 1 (p1).");
    expect(told({ withdraw: { proposal: "p9" } })).toBe("Averland withdraws p9.");
    const touched = [{ place: { clause: "op-b" } }, { place: { clause: "op-b" } }];
    expect(told(undefined, { touched })).toBe("Averland types into OP2.");
    expect(told(undefined, { withheld: true })).toBe("A vote is cast; how is not shown yet.");
  });

  test("deadlines are told in the reader's time and way, and not as the record has them", () => {
    const silence = { targets: [{ clause: "op-a" }], until: "2026-03-04T18:00:00Z" };
    const told = entryTold(entry({ open_silence: silence }), draft);
    expect(told).toMatch(/^Averland puts OP1 under silence until Mar \d, 2026, /);
    expect(told).not.toContain("T18:00");
  });

  test("a refusal says of what it speaks, and what to do", async () => {
    expect(await phrase(problem("clause-agreed", { clause: "op-b" }))).toEqual([
      "OP2 is agreed, and its text is locked.",
      "Ask the chair to reopen it first.",
    ]);
    const blocked = await phrase(problem("rule-not-satisfied", { delegations: ["NRM", "AVR"] }));
    expect(blocked[0]).toBe("Blocked by Norrmark and Averland.");
    const short = await phrase(problem("rule-not-satisfied", { delegations: [] }));
    expect(short[0]).toBe("The rule of decision is not satisfied yet.");
  });

  test("a step says what it is about", () => {
    const step = { kind: "await", case: "silent", clauses: ["op-a"], delegations: ["NRM"] };
    expect(stepTold(step as unknown as Step, draft)).toBe("OP1 awaits Norrmark.");
    const own = { kind: "await", case: "awaited-own", clauses: ["op-a", "op-b"] };
    expect(stepTold(own as unknown as Step, draft)).toBe("2 clauses await you: OP1 and OP2.");
  });

  test("a long list is counted at its end", () => {
    const items = Array.from({ length: 12 }, (_, n) => `OP${n + 1}`);
    expect(listed(items.slice(0, 9))).toMatch(/OP8, and OP9$/);
    expect(listed(items)).toMatch(/OP8 and 4 more$/);
  });
});

describe.each(Object.keys(languages))("in %s", (language) => {
  beforeEach(async () => {
    await speak(language);
    await Promise.all([speakFully(), speakMore("told"), speakMore()]);
  });

  test("the items of a long list stand apart", () => {
    const told = listed(Array.from({ length: 12 }, (_, n) => `OP${n + 1}`));
    expect(told).toMatch(/OP1\P{L}+OP2\P{L}+OP3|OP1 وOP2 وOP3/u);
  });

  test("nothing is left to fill in", async () => {
    const about = { clause: "op-a", proposals: ["p1"], until: "2026-03-04T18:00:00Z", hours: 3 };
    const [what, hint] = await phrase(problem("proposals-pending", about));
    const told = entryTold(entry({ call: { clause: "op-a", present: ["AVR", "NRM"] } }), draft);
    const count = { kind: "vote", case: "vote-open", count: 2 } as unknown as Step;
    for (const said of [what, hint, told, stepTold(count, draft)]) {
      expect(said).not.toMatch(/[{}]|undefined|^(no|did|step)\./);
      expect(said).not.toBe("");
    }
    expect(what).toContain("OP1");
    expect(told).toContain(language === "ar" ? "وفدين" : "2");
  });
});
