import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { calm, room, type Person } from "./room.ts";

const the = room();
const clause = (page: Page, id: string) => page.locator(`[id="${id}"]`);

/** Opens a clause for editing, and the field. */
async function edit({ page }: Person, id: string) {
  const here = clause(page, id);
  if (!(await here.locator(".panel").count())) await here.locator(".standing").click();
  await here
    .locator(".panel")
    .getByRole("button", { name: /Propose other words|Edit the text/ })
    .click();
  return here.locator("textarea.words");
}

test("two who edit one clause are shown how it comes together, and accept it", async () => {
  const [one, two] = [await the.enter("chair-facilitator"), await the.enter("chair-facilitator")];
  const [first, second] = [await edit(one, "uneven-benefits"), await edit(two, "uneven-benefits")];
  await second.fill((await second.inputValue()).replace("food security", "food sovereignty"));
  await first.fill((await first.inputValue()).replace("in health,", "in health, nutrition,"));
  const put = (person: Person, name: string) =>
    clause(person.page, "uneven-benefits").getByRole("button", { name }).click();
  await put(one, "Put it into the text");
  await clause(two.page, "uneven-benefits")
    .getByText("Somebody has changed this clause since")
    .waitFor();
  await put(two, "Put it into the text");
  await clause(two.page, "uneven-benefits")
    .getByRole("region", { name: /Merged/ })
    .waitFor();
  await put(two, "Put the merged words into the text");
  const words = clause(one.page, "uneven-benefits").locator(".words", {
    hasText: "in health, nutrition, education, food sovereignty",
  });
  await words.first().waitFor();
  calm(one, two);
});

test("when the session ends while somebody types, the words are kept and go in after all", async () => {
  const person = await the.enter("avr-delegate");
  const field = await edit(person, "concentration");
  await field.fill((await field.inputValue()).replace("nearly half", "more than half"));
  const cookies = await person.context.cookies();
  await person.context.clearCookies();
  const here = clause(person.page, "concentration");
  await here.getByRole("button", { name: "Propose this" }).click();
  await here.getByRole("alert").getByText("Your session has ended").waitFor();
  expect(await field.inputValue()).toContain("more than half");
  await person.context.addCookies(cookies);
  await here.getByRole("button", { name: "Propose this" }).click();
  await here.locator(".words", { hasText: "[more than: AVR]" }).first().waitFor();
});

test("what was begun is there again after the page was closed", async () => {
  const person = await the.enter("avr-delegate");
  const field = await edit(person, "sovereignty");
  await field.fill((await field.inputValue()).replace("own policies", "own careful policies"));
  await person.page.reload();
  await person.page.getByRole("button", { name: /Keys/ }).waitFor();
  const again = await edit(person, "sovereignty");
  expect(await again.inputValue()).toContain("own careful policies");
  await clause(person.page, "sovereignty").getByText("had begun to write").waitFor();
});

test("what is pasted from elsewhere is cleaned, and it is said", async () => {
  const person = await the.enter("avr-delegate");
  const field = await edit(person, "international-law");
  await field.fill("turned \u202eround\u0007");
  const here = clause(person.page, "international-law");
  await here.getByText("turn the direction of writing").waitFor();
  await here.getByText("control characters were taken out").waitFor();
  expect(await field.inputValue()).toBe("turned round");
  await field.fill("x".repeat(2_000_000));
  await here.getByText("20,000 characters").waitFor();
  expect((await field.inputValue()).length).toBe(20_000);
});

test("the server is killed while somebody types; nothing is lost", async () => {
  const person = await the.enter("avr-delegate");
  const field = await edit(person, "human-responsibility");
  await field.fill((await field.inputValue()).replace("must", "shall"));
  await the.server.kill();
  const here = clause(person.page, "human-responsibility");
  await person.page.getByText("The line is down").waitFor();
  await here.getByRole("button", { name: "Propose this" }).click();
  await the.server.run();
  await here.locator(".words", { hasText: "[shall: AVR]" }).first().waitFor({ timeout: 40_000 });
  await person.page.getByText("The line is down").waitFor({ state: "detached", timeout: 40_000 });
});
