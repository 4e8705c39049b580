import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { calm, room } from "./room.ts";

const the = room();
const clause = (page: Page, id: string) => page.locator(`[id="${id}"]`);

/** Opens a clause by its standing, and waits for what is in it. */
async function open(page: Page, id: string) {
  await clause(page, id).locator(".standing").click();
  await clause(page, id).locator(".tally").first().waitFor();
}

test("a position takes two clicks, and the other delegation sees it", async () => {
  const [avr, nrm] = [await the.enter("avr-delegate"), await the.enter("nrm-delegate")];
  await open(nrm.page, "uneven-benefits");
  await clause(avr.page, "uneven-benefits").locator(".standing").click();
  await clause(avr.page, "uneven-benefits").getByRole("button", { name: "Support" }).click();
  await clause(avr.page, "uneven-benefits").getByText("on the record as entry").waitFor();
  await clause(nrm.page, "uneven-benefits")
    .locator(".stance-support", { hasText: "AVR" })
    .waitFor();
  calm(avr, nrm);
});

test("an objection needs a reason, brackets the clause, and is lifted", async () => {
  const { page, ...rest } = await the.enter("avr-delegate");
  const here = clause(page, "concentration");
  await open(page, "concentration");
  await here.getByRole("button", { name: "Object", exact: true }).click();
  await here.getByText("needs a reason").waitFor();
  await page.keyboard.type("Nearly half is too many.");
  await here.getByRole("button", { name: "Object", exact: true }).click();
  await here.locator(".standing", { hasText: "bracketed" }).waitFor();
  await here.locator("q", { hasText: "Nearly half is too many." }).waitFor();
  await here.getByRole("button", { name: "Lift the objection" }).click();
  await here.locator(".standing", { hasText: "open" }).waitFor();
  calm({ page, ...rest });
});

test("a proposal is made by editing in place, and stands in brackets on the other screen", async () => {
  const [avr, nrm] = [await the.enter("avr-delegate"), await the.enter("nrm-delegate")];
  const here = clause(avr.page, "capability-levels");
  await open(avr.page, "capability-levels");
  await here.getByRole("button", { name: "Propose other words" }).click();
  const field = here.getByLabel("Words of OP6");
  await field.fill((await field.inputValue()).replace("24 hours", "72 hours"));
  expect(await here.locator(".redline ins").allTextContents()).toEqual(["72"]);
  await here.getByLabel("Why (optional)").fill("Small teams sleep.");
  await here.getByRole("button", { name: "Propose this" }).click();
  const there = clause(nrm.page, "capability-levels");
  await there.locator(".words", { hasText: "[24] [72: AVR] hours" }).waitFor();
  await nrm.page.getByText("1 clause awaits you").waitFor();
  expect(await nrm.page.title()).toMatch(/^\(1\) /);
  await nrm.page.getByLabel("base text").check();
  await there.locator(".words", { hasText: "24 hours" }).waitFor();
  await nrm.page.getByLabel("if all were accepted").check();
  await there.locator(".words", { hasText: "72 hours" }).waitFor();
  await nrm.page.getByLabel("with brackets").check();
  await open(nrm.page, "capability-levels");
  const alternative = there.getByRole("region", { name: "OP6 alt 1" });
  await alternative.getByRole("button", { name: "Co-sponsor" }).click();
  await here.locator(".words", { hasText: "[72: AVR, NRM]" }).waitFor();
  const own = here.getByRole("region", { name: "OP6 alt 1" });
  await own.getByRole("button", { name: "Withdraw the proposal" }).click();
  await own.waitFor({ state: "detached" });
  calm(avr, nrm);
});

test("who has no mouse reads, jumps, takes a position and proposes", async () => {
  const { page, ...rest } = await the.enter("nrm-delegate");
  await page.getByRole("button", { name: /Keys/ }).waitFor();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press("j", "j");
  expect(await page.evaluate(() => document.activeElement?.closest(".clause")?.id)).toBeTruthy();
  await press("g");
  await page.keyboard.type("2");
  await press("Enter");
  const here = page.locator(".clause.open");
  await here.locator(".tally").first().waitFor();
  expect(await here.locator(".number").textContent()).toBe("OP2");
  await press("s", "Enter");
  await here.getByText("on the record as entry").waitFor();
  await press("p");
  await here.getByLabel("Words of OP2").waitFor();
  await page.keyboard.type(" and so on");
  await press("Control+Enter");
  await here.getByRole("region", { name: "OP2 alt 1" }).waitFor();
  await press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await press("Escape");
  await here.waitFor({ state: "detached" });
  calm({ page, ...rest });
});

test("words that are searched leave the clauses that have them", async () => {
  const { page } = await the.enter("obs-acad-observer");
  await page.getByRole("searchbox").fill("secretariat");
  await page.keyboard.press("Enter");
  const found = page.locator(".declaration .clause");
  await page.getByText(/\d+ clauses?$/).waitFor();
  for (const text of await found.locator(".words").allTextContents())
    expect(text.toLowerCase()).toContain("secretariat");
});

test("an observer reads, and is offered nothing else", async () => {
  const { page } = await the.enter("obs-acad-observer");
  await open(page, "uneven-benefits");
  const here = clause(page, "uneven-benefits");
  expect(await here.locator(".panel button").count()).toBe(0);
});
