import { expect, test } from "vitest";
import { calm, room } from "./room.ts";

const the = room();

test("the printed link is all it takes, and leaves no token behind", async () => {
  const person = await the.enter("avr-delegate");
  await person.page.getByRole("heading", { level: 1 }).waitFor();
  expect(await person.page.title()).toContain("Artificial Intelligence");
  expect(person.page.url()).not.toContain("token");
  await person.page.goBack();
  expect(person.page.url()).not.toContain("token");
  calm(person);
});

test("without JavaScript the declaration reads the same", async () => {
  const [plain, live] = [await the.withoutScript("avr-delegate"), await the.enter("avr-delegate")];
  await live.page.waitForFunction(() => !document.querySelector("#app > *:not(:defined)"));
  const read = (page: typeof plain.page) =>
    page.locator(".declaration .clause").evaluateAll((clauses) =>
      clauses.map((clause) => {
        const part = (name: string) =>
          clause.querySelector(name)?.textContent?.replace(/\s+/g, " ").trim();
        return [clause.id, part(".number"), part(".words"), part(".standing .status")];
      }),
    );
  const clauses = await read(plain.page);
  expect(clauses.length).toBeGreaterThan(60);
  expect(clauses[1]?.[2]).toMatch(/^Recalling the purposes/);
  expect(clauses[1]?.[3]).toBe("○ open");
  expect(await read(live.page)).toEqual(clauses);
  calm(live);
});

test("who has no seat is told what to do", async () => {
  const context = await the.browser.newContext({ locale: "en" });
  const page = await context.newPage();
  const answer = await page.goto(`${the.address}/d/${await the.server.draft()}`);
  expect(answer?.status()).toBe(401);
  await page.getByText("Open the invitation link").waitFor();
});

test("what one delegation does, another sees without doing anything", async () => {
  const person = await the.enter("nrm-delegate");
  const clause = person.page.locator("#international-law");
  await clause.getByText("open").waitFor();
  await the.server.act("avr-delegate", {
    object: { on: { clause: "international-law" }, reason: "Not here." },
  });
  await clause.getByText("bracketed").waitFor();
  calm(person);
});

test("in Arabic the page runs from right to left, whatever the text does", async () => {
  const { page } = await the.enter("avr-delegate");
  await page.locator(".choice").last().getByRole("link", { name: "العربية" }).click();
  await page.locator("html[dir=rtl][lang=ar]").waitFor();
  await page.getByText("متفق عليها").or(page.getByText("مفتوحة")).first().waitFor();
  await page.reload();
  await page.locator("html[dir=rtl]").waitFor();
});

test("who signs out leaves nothing behind", async () => {
  const { page } = await the.enter("avr-delegate");
  await page.locator("[id=uneven-benefits] .standing").click();
  await page.locator("[data-key=propose]").click();
  await page.locator("textarea.words").fill("*Recognizing* something else,");
  const kept = () => page.evaluate(() => Object.keys(localStorage).length);
  expect(await kept()).toBeGreaterThan(0);
  const address = page.url();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("To take your seat").waitFor();
  expect(await kept()).toBe(0);
  expect((await page.goto(address))?.status()).toBe(401);
});
