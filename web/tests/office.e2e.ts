// The secretariat's and a group's own pages: convening, the rule, working papers.
import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, fits, room } from "./room.ts";

const the = room();
const root = new URL("../../", import.meta.url).pathname;

test("what is no text and no roster says what to do, and what was typed stays", async () => {
  const person = await the.enter("secretariat");
  const { page } = person;
  await page.goto(`${the.address}/convene`);
  await page.getByLabel("A roster file").setInputFiles({
    name: "r.toml",
    mimeType: "text/plain",
    buffer: Buffer.from("title = \n"),
  });
  await page.getByRole("alert").getByText("This file is no roster.").waitFor();
  await page.getByLabel("Title").fill("Nothing");
  await page.getByLabel("The first text, as Markdown").fill("1. One\u0007 {#a}\n");
  await page.getByRole("button", { name: "Convene it" }).click();
  await page
    .getByRole("alert")
    .getByText(/control character/)
    .waitFor();
  await page.reload();
  expect(await page.getByLabel("The first text, as Markdown").inputValue()).toContain("{#a}");
});

test("only the secretariat convenes", async () => {
  const { page } = await the.enter("chair-facilitator");
  expect((await page.goto(`${the.address}/convene`))?.status()).toBe(404);
  await page.goto(`${the.address}/`);
  expect(await page.getByRole("link", { name: "Convene a draft" }).count()).toBe(0);
});

test("the rule is read by everybody, and changed by who conducts", async () => {
  const [office, avr] = [await the.enter("secretariat"), await the.enter("avr-delegate")];
  for (const { page } of [office, avr]) {
    await page.getByRole("link", { name: "Rules", exact: true }).click();
    await page.getByRole("heading", { level: 2 }).first().waitFor();
  }
  expect(await avr.page.getByRole("button", { name: "Enter this rule" }).count()).toBe(0);
  const { page } = office;
  await page.getByLabel("Hours of a silence procedure").fill("5");
  await page.getByLabel("What is agreed is opened again by").selectOption("chair");
  await page.getByRole("button", { name: "Enter this rule" }).click();
  await page.getByText(/^Entry \d+\.$/).waitFor();
  const draft = await the.server.ask<{ rule: object; mode: string }>(
    "avr-delegate",
    `/drafts/${await the.server.draft()}`,
  );
  expect(draft.rule).toMatchObject({ silence_hours: 5, reopen: "chair" });
  await page.getByLabel("Who types into clauses").selectOption("open");
  await page.getByRole("button", { name: "Enter this", exact: true }).click();
  await expect
    .poll(
      async () =>
        (
          await the.server.ask<{ mode: string }>(
            "avr-delegate",
            `/drafts/${await the.server.draft()}`,
          )
        ).mode,
    )
    .toBe("open");
  await accessible(page, "the rule");
  calm(office, avr);
});

test("a paper of a group is begun, seen by its members only, and a clause of it submitted", async () => {
  const draft = await the.server.draft();
  const avr = await the.enter("avr-delegate");
  const { page } = avr;
  await page.getByRole("link", { name: "Papers", exact: true }).click();
  await page.getByText("There is none yet.").waitFor();
  await page.getByLabel("Title").fill("Our ideas");
  await page
    .getByLabel("Its first text, as Markdown")
    .fill("1. *Decides* to meet by the river. {#river}\n");
  await accessible(page, "papers");
  await page.getByRole("button", { name: "Begin it" }).click();
  await page.getByRole("button", { name: /Keys/ }).waitFor();
  const river = page.locator("#river");
  await river.locator(".standing").click();
  await river.getByRole("button", { name: "Submit this clause to the draft" }).click();
  await river.getByLabel(/^As/).selectOption("after");
  await river.getByLabel("The clause there").selectOption({ label: "OP6" });
  await accessible(page, "submitting from a paper");
  await river.getByRole("button", { name: "Submit this clause to the draft" }).click();
  await river.getByText("on the record as entry").waitFor();

  // The same from a delegation that signs: the words are in what it signs.
  const paper = page.url().split("#")[0] ?? "";
  await page.goto(`${the.address}/d/${draft}/history`);
  await page.getByRole("button", { name: "Make a key and sign from now on" }).click();
  await page.getByText("What you do in this browser is signed.").waitFor();
  await page.goto(paper);
  await river.locator(".standing").click();
  await river.getByRole("button", { name: "Submit this clause to the draft" }).click();
  await river.getByLabel("The clause there").selectOption({ label: "OP6" });
  await river.getByRole("button", { name: "Submit this clause to the draft" }).click();
  await river.getByText("on the record as entry").waitFor();
  const { items } = await the.server.ask<{ items: { signed?: { statement: string } }[] }>(
    "nrm-delegate",
    `/drafts/${draft}/entries?limit=500`,
  );
  expect(items.at(-1)?.signed?.statement).toContain("by the river");

  const nrm = await the.enter("nrm-delegate");
  await nrm.page.goto(`${the.address}/d/${draft}`);
  await nrm.page.locator(".clause.proposed", { hasText: "by the river" }).first().waitFor();
  await nrm.page.getByRole("link", { name: "Papers", exact: true }).click();
  await nrm.page.getByText("There is none yet.").waitFor();
  calm(avr, nrm);
});

test.each([
  ["ar", 1440],
  ["zh", 360],
  ["en", 320],
])("these pages are for everybody, in %s at %d px", async (language, width) => {
  const viewport = { width, height: 800 };
  const { page } = await the.enter("secretariat", { viewport });
  const at = `${the.address}/d/${await the.server.draft()}`;
  for (const address of [`${the.address}/convene`, `${at}/rule`, `${at}/papers`]) {
    await page.goto(`${address}?ui=${language}`);
    await page.locator("h1").first().waitFor();
    await page.locator("#app > main form, #app > main h2").first().waitFor();
    await accessible(page, `${address} in ${language} at ${width}`);
    await fits(page);
  }
});

test("a statement on the whole draft is entered", async () => {
  const nrm = await the.enter("nrm-delegate");
  await nrm.page.getByRole("link", { name: "History", exact: true }).click();
  await nrm.page.getByText("A statement on the draft as a whole").click();
  await nrm.page.getByLabel("What is to be on the record").fill("We speak for the small.");
  await nrm.page.getByRole("button", { name: "Enter the statement" }).click();
  await nrm.page.getByText(/on the record as entry \d+/).waitFor();
  await nrm.page.getByText("We speak for the small.").waitFor();
  await accessible(nrm.page, "a statement on the whole");
  calm(nrm);
});

// Last: whoever has two drafts is asked which.
test("a draft is convened by clicking: its text, a roster from a file, its rule; and closed", async () => {
  const person = await the.enter("secretariat");
  const { page } = person;
  await page.goto(`${the.address}/`);
  await page.getByRole("link", { name: "Convene a draft" }).click();
  await page.getByLabel("A roster file").setInputFiles(`${root}examples/roster.toml`);
  await page.getByText("Groups: ").waitFor();
  await page.getByLabel("Title").fill("Declaration on rivers");
  await page.getByLabel("A file with the first text").setInputFiles({
    name: "rivers.md",
    mimeType: "text/markdown",
    buffer: Buffer.from("1. *Decides* to meet yearly. {#meet}\n"),
  });
  const text = page.getByLabel("The first text, as Markdown");
  await expect.poll(() => text.inputValue()).toContain("yearly");
  // One more seat, by hand, and another rule.
  await page.getByRole("button", { name: "Add a delegation" }).click();
  await page.getByLabel("Code").last().fill("RVR");
  await page.getByLabel("Name", { exact: true }).last().fill("Riverland");
  await page.getByLabel("Clauses are agreed by").selectOption("majority");
  await page.getByLabel("Share").first().fill("3/4");
  await accessible(page, "convening");
  await page.getByRole("button", { name: "Convene it" }).click();
  await page.waitForURL(/\/d\/.*\/seats/);
  const id = /\/d\/([^/]+)/.exec(page.url())?.[1] ?? "";
  interface Convened {
    title: string;
    rule: { decision: unknown; silence_hours: number };
    working: string[];
  }
  const draft = await the.server.ask<Convened>("secretariat", `/drafts/${id}`);
  expect(draft).toMatchObject({ title: "Declaration on rivers", working: ["fr", "zh", "ar"] });
  expect(draft.rule.decision).toEqual({ majority: { of: "present", share: [3, 4] } });
  expect(draft.rule.silence_hours).toBe(72);
  const roster = await the.server.ask<{ delegations: object; groups: object }>(
    "secretariat",
    `/drafts/${id}/roster`,
  );
  expect(roster.delegations).toHaveProperty("RVR");
  expect(roster.delegations).toHaveProperty("AVR");
  expect(Object.keys(roster.groups).length).toBeGreaterThan(2);

  await page.getByRole("link", { name: "Rules", exact: true }).click();
  const close = page.getByRole("button", { name: "Close the draft" });
  await close.click();
  const form = page.getByRole("dialog");
  await form.getByText("This cannot be undone.").waitFor();
  await accessible(page, "closing a draft");
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
  await close.click();
  await form.getByLabel(/^Why/).fill("There is another.");
  await form.getByRole("button", { name: "Enter it into the record" }).click();
  await close.waitFor({ state: "detached" });
  expect(await the.server.ask("secretariat", `/drafts/${id}`)).toMatchObject({ closed: true });
  calm(person);
});
