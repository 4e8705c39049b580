import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, fits, room, row as reach, type Person } from "./room.ts";

const the = room();

/** The matrix, as the chair has it. */
async function matrix(seat: "chair-facilitator" | "avr-delegate", more = {}): Promise<Person> {
  const person = await the.enter(seat, more);
  person.context.setDefaultTimeout(9_000);
  await person.page.getByRole("link", { name: "Matrix", exact: true }).click();
  await person.page.getByRole("grid").waitFor();
  return person;
}

test("the chair takes a clause from a proposal over a silence to agreement, by clicking only", async () => {
  await the.server.act("secretariat", {
    set_rule: { rule: { decision: "consensus", silence_hours: 0 } },
  });
  await the.server.act("avr-delegate", {
    propose: {
      amendment: { replace: { clause: "capability-levels" } },
      text: { en: "*Invites* providers to publish the levels of capability;" },
      rationale: "Short is better.",
    },
  });
  const person = await matrix("chair-facilitator");
  const { page } = person;
  const step = page.getByRole("listitem").filter({ hasText: "nobody objects" }).first();
  await step.getByRole("button", { name: "Take into the text" }).click();
  const desk = page.getByRole("dialog");
  await desk.getByText("The text as it would read").waitFor();
  expect(await desk.locator(".result").innerText()).toBe(
    "Invites providers to publish the levels of capability;",
  );
  await accessible(page, "chair");
  await desk.getByRole("button", { name: "Enter it into the record" }).click();
  await desk.getByText("is taken into the text.").waitFor();
  await desk.getByRole("button", { name: "Close" }).last().click();

  const row = await reach(page, "OP6");
  await row.click();
  await desk.getByText("Invites providers to publish").first().waitFor();
  // It cannot be agreed yet: the refusal says why, and what to do.
  await desk.getByRole("button", { name: "Declare agreed" }).click();
  await desk.getByRole("button", { name: "Enter it into the record" }).click();
  await desk.getByRole("alert").getByText("Put the question, or seek").waitFor();
  await desk.getByRole("button", { name: "Back to the clause" }).click();
  await desk.getByRole("button", { name: "Put under silence" }).click();
  const soon = await page.evaluate(() => {
    const at = new Date(Date.now() + 3500 - new Date().getTimezoneOffset() * 60_000);
    return at.toISOString().slice(0, 19);
  });
  await desk.getByLabel(/Until when/).fill(soon);
  await desk.getByRole("button", { name: "Enter it into the record" }).click();
  await desk.getByText("OP6 is under silence.").waitFor();
  await desk.getByRole("button", { name: "Close" }).last().click();
  await row.getByText("in silence").waitFor();
  // Nobody objects until then, and the server enters what came of it.
  await row.getByText("agreed", { exact: true }).waitFor({ timeout: 20_000 });

  await row.click();
  await desk.getByRole("button", { name: "Reopen", exact: true }).click();
  await desk.getByLabel("Reason").fill("A word is missing.");
  await desk.getByRole("button", { name: "Enter it into the record" }).click();
  await desk.getByRole("status").or(desk.getByRole("alert")).first().waitFor();
  person.complaints.splice(0); // The browser tells of every refusal: they are answers.
  calm(person);
});

test("the question is put, and the clause declared agreed", async () => {
  const { page } = await matrix("chair-facilitator");
  const row = await reach(page, "OP2");
  const desk = page.getByRole("dialog");
  await row.click();
  await desk.getByRole("button", { name: "Put the question" }).click();
  await desk.getByText("The question will be put on OP2, 24 delegations present").waitFor();
  await desk.getByRole("button", { name: "Enter it into the record" }).click();
  await desk.getByText("The question was put on OP2.").waitFor();
  await desk.getByRole("button", { name: "Back to the clause" }).click();
  await desk.getByRole("button", { name: "Declare agreed" }).click();
  await desk.getByRole("button", { name: "Enter it into the record" }).click();
  await desk.getByText("OP2 is agreed.").waitFor();
  await page.keyboard.press("Escape");
  await desk.waitFor({ state: "detached" });
  await row.getByText("agreed", { exact: true }).waitFor();
});

test("the matrix is walked through with the keyboard alone, and says where one is", async () => {
  await the.server.act("nrm-delegate", {
    object: { on: { clause: "international-law" }, reason: "Not here." },
  });
  const person = await matrix("chair-facilitator");
  const { page } = person;
  const grid = page.getByRole("grid");
  // Tab alone leads there.
  for (let n = 0; n < 40; n++) {
    await page.keyboard.press("Tab");
    if (await grid.evaluate((it) => it === document.activeElement)) break;
  }
  expect(await grid.evaluate((it) => it === document.activeElement)).toBe(true);
  const said = page.locator(".here [aria-live]");
  const at = () =>
    grid.evaluate((it) => {
      const cell = document.getElementById(it.getAttribute("aria-activedescendant") ?? "");
      const box = cell?.getBoundingClientRect();
      return box ? [Math.round(box.x), Math.round(box.y)] : undefined;
    });
  const columns = await grid.getByRole("columnheader").allInnerTexts();
  const wanted = columns.indexOf("NRM");
  for (let n = 1; n < wanted; n++) await page.keyboard.press("ArrowRight");
  const rows = await the.server.ask<{ rows: { clause: string }[] }>(
    "chair-facilitator",
    `/drafts/${await the.server.draft()}/matrix`,
  );
  const down = rows.rows.findIndex((r) => r.clause === "international-law");
  for (let n = 0; n < down; n++) await page.keyboard.press("ArrowDown");
  await said.getByText("Norrmark: object").waitFor();
  await page.keyboard.press("Control+End");
  expect(await at()).toBeDefined();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("PageDown");
  expect(await at()).toBeDefined();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Put the question" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await grid.evaluate((it) => it === document.activeElement)).toBe(true);
  calm(person);
});

test("by status and by group there is less to look at", async () => {
  const { page } = await matrix("chair-facilitator");
  const all = Number(await page.getByRole("grid").getAttribute("aria-colcount"));
  await page.getByLabel("Status").selectOption("bracketed");
  await expect
    .poll(async () => Number(await page.getByRole("grid").getAttribute("aria-rowcount")))
    .toBeLessThan(20);
  await page.getByLabel("Group").selectOption({ index: 1 });
  expect(Number(await page.getByRole("grid").getAttribute("aria-colcount"))).toBeLessThan(all);
});

test("on paper every cell is there", async () => {
  const { page } = await matrix("chair-facilitator");
  const drawn = () => page.locator("[role=grid] tbody tr:not([aria-hidden])").count();
  const [few, rows] = [
    await drawn(),
    Number(await page.getByRole("grid").getAttribute("aria-rowcount")) - 1,
  ];
  expect(few).toBeLessThan(rows);
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  expect(await drawn()).toBe(rows);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
});

test("a delegate sees the matrix, and none of the chair's buttons", async () => {
  const person = await matrix("avr-delegate");
  await person.page.getByRole("rowheader").nth(3).click();
  await person.page.getByRole("dialog").waitFor();
  expect(await person.page.getByRole("button", { name: "Put the question" }).count()).toBe(0);
  expect(await person.page.getByRole("button", { name: "Seal a version" }).count()).toBe(0);
  calm(person);
});

test.each([
  ["en", 1440],
  ["ar", 1440],
  ["zh", 360],
  ["en", 320],
])("the matrix is for everybody, in %s at %d px", async (language, width) => {
  const { page } = await the.enter("chair-facilitator", { viewport: { width, height: 800 } });
  await page.goto(`${page.url().split("?")[0]}/matrix?ui=${language}`);
  await page.getByRole("grid").waitFor();
  await accessible(page, `chair in ${language} at ${width}`);
  await fits(page);
});
