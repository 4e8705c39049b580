// What the chair and delegates do beside proposals and positions: votes by roll call, objections that come late, new places.
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, room, row } from "./room.ts";

const the = room();
const clause = (page: Page, id: string) => page.locator(`[id="${id}"]`);

async function opened(page: Page, id: string): Promise<Locator> {
  const here = clause(page, id);
  if (!(await here.locator(".panel").count())) await here.locator(".standing").click();
  await here.locator(".tally").first().waitFor();
  return here;
}

async function chair() {
  const person = await the.enter("chair-facilitator");
  await person.page.getByRole("link", { name: "Matrix", exact: true }).click();
  await person.page.getByRole("grid").waitFor();
  return { ...person, desk: person.page.getByRole("dialog") };
}

async function enter(desk: Locator, outcome: string | RegExp) {
  await desk.getByRole("button", { name: "Enter it into the record" }).click();
  await desk.getByText(outcome).first().waitFor();
}

test("a vote by roll call: put, cast, changed, closed, and read by everybody", async () => {
  const [avr, nrm, observer] = [
    await the.enter("avr-delegate"),
    await the.enter("nrm-delegate"),
    await the.enter("obs-acad-observer"),
  ];
  const head = await chair();
  await (await row(head.page, "OP6")).click();
  await head.desk.getByRole("button", { name: "Put to a vote" }).click();
  await accessible(head.page, "putting to a vote");
  await enter(head.desk, "The vote on OP6 is open.");
  await head.desk.getByRole("button", { name: "Close" }).last().click();

  const name = "Vote: that OP6 be agreed as it stands";
  const mine = avr.page.getByRole("region", { name });
  await avr.page.getByText("1 vote awaits you").waitFor();
  await mine.getByRole("button", { name: "Against" }).click();
  await mine.getByText("on the record as entry").waitFor();
  await avr.page.getByText("1 vote awaits you").waitFor({ state: "detached" });
  await accessible(avr.page, "a vote");
  await mine.getByRole("button", { name: "For", exact: true }).click();
  await mine.getByRole("button", { name: /^(✓ )?For$/, pressed: true }).waitFor();
  const other = nrm.page.getByRole("region", { name });
  await other.getByRole("button", { name: "Abstain" }).click();
  await observer.page.getByRole("region", { name }).getByText("AVR").waitFor();
  expect(await observer.page.getByRole("region", { name }).getByRole("button").count()).toBe(0);

  await head.page
    .getByRole("region", { name })
    .getByRole("button", { name: "Close the vote" })
    .click();
  // Two of twenty-four are no quorum, and it is said.
  for (const { page } of [avr, observer]) {
    await page.getByText("1 vote is over").click();
    const over = page.getByRole("region", { name });
    await over.getByText("No quorum").waitFor();
    expect(await over.locator("dl").innerText()).toMatch(/For\s*1\s*AVR[^]*Abstain\s*1\s*NRM/);
  }
  calm(avr, nrm, observer, head);
});

test("an objection that comes late is asked for, and granted", async () => {
  await the.server.act("secretariat", { set_rule: { rule: { silence_hours: 0 } } });
  const until = new Date(Date.now() + 2500).toISOString();
  await the.server.act("chair-facilitator", {
    open_silence: { targets: [{ clause: "incident-reporting" }], until },
  });
  const person = await the.enter("avr-delegate");
  const here = clause(person.page, "incident-reporting");
  await here.locator(".standing", { hasText: "agreed" }).waitFor({ timeout: 20_000 });
  await opened(person.page, "incident-reporting");
  await here.getByRole("button", { name: "Object late" }).click();
  await here.getByText("needs a reason").waitFor();
  await person.page.keyboard.type("The line was down.");
  await here.getByRole("button", { name: "Object late" }).click();
  await here.getByText("AVR has objected late").waitFor();
  await accessible(person.page, "late objection");

  const head = await chair();
  await row(head.page, "OP11");
  const label = (await here.locator(".number").textContent()) ?? "";
  await (await row(head.page, label)).click();
  await head.desk.getByText("AVR has objected late:").waitFor();
  await head.desk.getByText("The line was down.").waitFor();
  await head.desk.getByRole("button", { name: "Grant the late objection" }).click();
  await head.desk.getByLabel("Reason").fill("It was.");
  await enter(head.desk, /The late objections to .* are granted/);
  await here.locator(".standing", { hasText: "bracketed" }).waitFor();
  calm(person, head);
});

test("a new clause is proposed in its place, and another elsewhere", async () => {
  const person = await the.enter("avr-delegate");
  const here = await opened(person.page, "uneven-benefits");
  await here.getByRole("button", { name: "Propose a new clause after this" }).click();
  await here.getByLabel(/Words of a new clause/).fill("*Noting* that rivers know no border,");
  await here.getByLabel("Why (optional)").fill("They do not.");
  await accessible(person.page, "a new clause");
  await here.getByRole("button", { name: "Propose this" }).click();
  await here.getByText("on the record as entry").waitFor();
  await person.page.locator(".clause.proposed", { hasText: "rivers know no border" }).waitFor();
  await here.getByRole("button", { name: "Propose to move it" }).click();
  await here.getByLabel("Where it would stand: after").selectOption({ index: 3 });
  await here.getByRole("button", { name: "Propose this" }).click();
  await here.locator(".proposal").getByText("Move this clause elsewhere").waitFor();
  calm(person);
});

test("what is said for the record is on the record", async () => {
  const person = await the.enter("nrm-delegate");
  const here = await opened(person.page, "concentration");
  await here.getByRole("button", { name: "Add a reason" }).click();
  await here.getByLabel(/^Reason/).fill("Norrmark understands this as of today.");
  await here.getByRole("button", { name: "Statement for the record" }).click();
  await here.getByText("Statement for the record: on the record as entry").waitFor();
  const said = await the.server.ask<{ items: { text: string }[] }>(
    "avr-delegate",
    `/drafts/${await the.server.draft()}/statements`,
  );
  expect(said.items.map((it) => it.text)).toContain("Norrmark understands this as of today.");
  calm(person);
});

test("the chair agrees ad referendum, and who is awaited confirms", async () => {
  const head = await chair();
  await (await row(head.page, "OP2")).click();
  await head.desk.getByRole("button", { name: "Put the question" }).click();
  await enter(head.desk, "The question was put on OP2.");
  await head.desk.getByRole("button", { name: "Back to the clause" }).click();
  await head.desk.getByRole("button", { name: "Agree ad referendum" }).click();
  await head.desk.getByRole("checkbox", { name: /AVR/ }).check();
  await enter(head.desk, "OP2 is agreed ad referendum.");
  const person = await the.enter("avr-delegate");
  await person.page.getByText(/clauses? awaits? you/).waitFor();
  const here = person.page.locator(".clause", {
    has: person.page.locator(".number", { hasText: /^OP2$/ }),
  });
  await here.locator(".standing").click();
  await here.getByRole("button", { name: "Confirm", exact: true }).click();
  await here.locator(".status", { hasText: /agreed(?! ad)/ }).waitFor();
  calm(head, person);
});

test("the chair names what a vote must reach, and who voted explains it, by keyboard", async () => {
  const head = await chair();
  await (await row(head.page, "OP8")).click();
  await head.desk.getByRole("button", { name: "Put to a vote" }).click();
  await head.desk.getByLabel("What it must reach").last().selectOption("double_majority");
  await head.desk.getByLabel("Share of the delegations").fill("2/3");
  await head.desk.getByLabel("How many votes must be cast").fill("3");
  await accessible(head.page, "what a vote must reach");
  await enter(head.desk, "The vote on OP8 is open.");
  const status = await the.server.ask<{ votes: { by: object; quorum: number }[] }>(
    "avr-delegate",
    `/drafts/${await the.server.draft()}/status`,
  );
  expect(status.votes.at(-1)).toMatchObject({
    by: { double_majority: { delegations: [2, 3], weight: [13, 20] } },
    quorum: 3,
  });

  const avr = await the.enter("avr-delegate");
  const { page } = avr;
  const vote = page.getByRole("region", { name: "Vote: that OP8 be agreed as it stands" });
  const explain = vote.locator("summary", { hasText: "Explain your vote" });
  await explain.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("It names nobody who pays.");
  // What is typed is kept until it is entered.
  await page.reload();
  const field = vote.getByLabel("What is to be on the record");
  expect(await field.inputValue()).toBe("It names nobody who pays.");
  await field.focus();
  await page.keyboard.press("Tab");
  await accessible(page, "explaining a vote");
  await page.keyboard.press("Enter");
  await vote.getByText("Explain your vote: on the record as entry").waitFor();
  await vote.getByRole("button", { name: "Against" }).click();
  calm(avr);
});

test("two proposals are merged into one, and a sponsor takes that back", async () => {
  for (const [seat, words] of [
    ["avr-delegate", "*Invites* some;"],
    ["nrm-delegate", "*Invites* many;"],
  ] as const)
    await the.server.act(seat, {
      propose: { amendment: { replace: { clause: "sovereignty" } }, text: { en: words } },
    });
  const head = await chair();
  const label = await head.page.evaluate(() => {
    const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}");
    return data.text.clauses.find((c: { id: string }) => c.id === "sovereignty").label as string;
  });
  await (await row(head.page, label)).click();
  await head.desk.getByRole("button", { name: "Merge proposals" }).click();
  await head.desk.getByLabel("Which proposal stays").selectOption({ index: 1 });
  await head.desk.getByLabel("Reason").fill("They say the same.");
  await head.desk.getByRole("button", { name: "Enter it into the record" }).click();
  await head.desk.getByText("The proposals are merged into").waitFor();

  const avr = await the.enter("avr-delegate");
  const here = await opened(avr.page, "sovereignty");
  const merged = here.getByRole("region", { name: "Merged proposals" });
  await merged.getByText("They say the same.").waitFor();
  await merged.getByText("AVR has still to join.").waitFor();
  await accessible(avr.page, "a ledger of merged proposals");
  await merged.getByRole("button", { name: "Let it stand by itself again" }).focus();
  await avr.page.keyboard.press("Enter");
  await merged.getByText("on the record as entry").waitFor();
  await expect.poll(() => merged.getByRole("button").count()).toBe(0);
  // The whole ledger keeps it, and the other sponsor had nothing to take back.
  const nrm = await the.enter("nrm-delegate");
  await nrm.page.getByRole("link", { name: "History", exact: true }).click();
  const ledger = nrm.page.getByRole("region", { name: "Merged proposals" });
  await ledger.getByText("Taken back by AVR.").waitFor();
  expect(await ledger.getByRole("button").count()).toBe(0);
  calm(avr, nrm);
});
