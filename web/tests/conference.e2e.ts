// A whole conference, and nobody writes a line of code: seats, proposals, a silence, an objection, agreement, adoption.
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, room, row, type Person } from "./room.ts";

const the = room();

/** A draft of two clauses, in which a silence may be short. */
async function convened(): Promise<string> {
  const seats = ["AVR", "NRM"].map((delegation) => ({ delegation, entitled: true }));
  const { id } = await the.server.ask<{ id: string }>("secretariat", "/drafts", {
    title: "Declaration of Valsoire",
    authentic: ["en"],
    markdown: "1. *Decides* to meet yearly. {#meet}\n\n1. *Invites* all to report. {#report}",
    seats: [
      ...seats.map((seat) => ({ ...seat, name: seat.delegation, role: "delegate" })),
      { delegation: "CHAIR", name: "The chair", role: "facilitator", entitled: false },
    ],
  });
  const rule = { set_rule: { rule: { decision: "consensus", silence_hours: 0 } } };
  await the.server.ask("secretariat", `/drafts/${id}/acts`, rule);
  return id;
}

/** The secretariat gives a seat, and its holder opens the link on a screen of their own. */
async function invited(office: Page, code: string): Promise<Person> {
  await office.getByLabel("Delegation").selectOption(code);
  await office.getByRole("button", { name: "Invite" }).click();
  await office.getByText(`${code} is invited`).waitFor();
  const link = await office.getByLabel("The link", { exact: true }).inputValue();
  const context = await the.browser.newContext({ locale: "en" });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto(link.replace(/^https?:\/\/[^/]+/, the.address));
  await page.waitForURL(/\/d\//);
  return { page, context, complaints: [] };
}

const clause = (page: Page, id: string) => page.locator(`[id="${id}"]`);

async function opened(page: Page, id: string): Promise<Locator> {
  const here = clause(page, id);
  await here.locator(".standing").click();
  await here.locator(".tally").first().waitFor();
  return here;
}

async function enter(desk: Locator, outcome: string) {
  await desk.getByRole("button", { name: "Enter it into the record" }).click();
  await desk.getByText(outcome).waitFor();
}

test("from the first invitation to the adoption, by clicking only", async () => {
  const office = await the.enter("secretariat");
  const draft = await convened();
  await office.page.goto(`${the.address}/d/${draft}/seats`);
  await office.page.getByRole("table", { name: "seats" }).waitFor();
  const avr = await invited(office.page, "AVR");
  const nrm = await invited(office.page, "NRM");
  const chair = await invited(office.page, "CHAIR");

  // One proposes other words in place; the other supports them, and objects to the other clause.
  const mine = await opened(avr.page, "meet");
  await mine.getByRole("button", { name: "Propose other words" }).click();
  const field = mine.getByLabel("Words of OP1");
  await field.fill((await field.inputValue()).replace("yearly", "twice a year"));
  await mine.getByRole("button", { name: "Propose this" }).click();
  await clause(nrm.page, "meet").getByText("twice a year").first().waitFor();
  const there = await opened(nrm.page, "meet");
  const proposal = there.locator(".proposal", { hasText: "AVR" });
  await proposal.getByRole("button", { name: "Support" }).click();
  await there.getByText("on the record as entry").waitFor();
  const other = await opened(nrm.page, "report");
  await other.getByRole("button", { name: "Object", exact: true }).click();
  await nrm.page.keyboard.type("To whom?");
  await other.getByRole("button", { name: "Object", exact: true }).click();
  await other.locator(".standing", { hasText: "bracketed" }).waitFor();

  // The chair takes the words in and puts the clause under silence, and nobody breaks it.
  const { page } = chair;
  await page.getByRole("link", { name: "Matrix", exact: true }).click();
  await page.getByRole("grid").waitFor();
  const desk = page.getByRole("dialog");
  const close = () => desk.getByRole("button", { name: "Close" }).last().click();
  await (await row(page, "OP1")).click();
  await desk.getByRole("button", { name: "Take into the text" }).click();
  await enter(desk, "is taken into the text.");
  await desk.getByRole("button", { name: "Back to the clause" }).click();
  await desk.getByRole("button", { name: "Put under silence" }).click();
  const soon = await page.evaluate(() => {
    const at = new Date(Date.now() + 4000 - new Date().getTimezoneOffset() * 60_000);
    return at.toISOString().slice(0, 19);
  });
  await desk.getByLabel(/Until when/).fill(soon);
  await enter(desk, "OP1 is under silence.");
  await close();
  await avr.page.locator("#meet .standing", { hasText: "agreed" }).waitFor({ timeout: 20_000 });
  await clause(avr.page, "meet").getByText("twice a year").first().waitFor();

  // While somebody objects there is no agreement, and it is said why.
  await (await row(page, "OP2")).click();
  await desk.getByRole("button", { name: "Put the question" }).click();
  await enter(desk, "The question was put on OP2.");
  await desk.getByRole("button", { name: "Back to the clause" }).click();
  await desk.getByRole("button", { name: "Declare agreed" }).click();
  await desk.getByRole("button", { name: "Enter it into the record" }).click();
  await desk.getByRole("alert").getByText("NRM").waitFor();
  await other.getByRole("button", { name: "Lift the objection" }).click();
  await other
    .locator(".standing", { hasText: "ripe" })
    .or(other.locator(".standing", { hasText: "open" }))
    .first()
    .waitFor();
  await desk.getByRole("button", { name: "Back to the clause" }).click();
  await desk.getByRole("button", { name: "Declare agreed" }).click();
  await enter(desk, "OP2 is agreed.");
  await close();

  await page.getByRole("button", { name: "Adopt" }).last().click();
  await desk.getByLabel(/name/i).fill("Declaration of Valsoire");
  await desk.getByRole("button", { name: "Enter it into the record" }).click();
  await desk.getByRole("status").waitFor();
  for (const { page } of [avr, nrm]) {
    await page.locator("#report .standing", { hasText: "adopted" }).waitFor();
    expect(await page.locator(".standing", { hasText: "adopted" }).count()).toBe(2);
    await accessible(page, "adopted");
  }
  const record = await the.server.ask<{ items: { act?: object }[] }>(
    "secretariat",
    `/drafts/${draft}/entries?limit=500`,
  );
  const acts = record.items.flatMap(({ act }) => Object.keys(act ?? {}));
  for (const act of ["propose", "take_position", "object", "incorporate", "open_silence", "adopt"])
    expect(acts).toContain(act);
  calm(office);
});
