// What a reader sets up: another language beside, and being told while the page is not in view.
import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, fits, room } from "./room.ts";

const the = room();

test("another language stands beside, clause by clause, and follows what is entered", async () => {
  const person = await the.enter("avr-delegate");
  const { page } = person;
  await page.getByLabel("Beside").selectOption({ label: "Arabic" });
  const here = page.locator("[id=international-law]");
  const beside = here.locator(".beside");
  await beside.waitFor();
  expect(await beside.getAttribute("dir")).toBe("rtl");
  // At the same height, clause by clause.
  const tops = await page.locator(".declaration > .clause:has(.beside)").evaluateAll((all) =>
    all.map((clause) => {
      const top = (name: string) => clause.querySelector(name)?.getBoundingClientRect().top ?? NaN;
      return Math.abs(top(".words:not(.beside)") - top(".beside"));
    }),
  );
  expect(tops.length).toBeGreaterThan(60);
  expect(Math.max(...tops)).toBeLessThan(2);
  await accessible(page, "beside");

  const put = (text: string) =>
    the.server.ask(
      "chair-facilitator",
      `/drafts/${draft}/clauses/international-law/text/ar`,
      { text, base: heads },
      "PUT",
    );
  const draft = await the.server.draft();
  const { heads } = await the.server.ask<{ heads: string[] }>(
    "avr-delegate",
    `/drafts/${draft}/text`,
  );
  await put("*إذ تشير* إلى القانون الدولي،");
  await beside.getByText("إلى القانون الدولي").waitFor();
  // It stays over a reload, and goes away.
  await page.reload();
  await beside.getByText("إلى القانون الدولي").waitFor();
  await page.getByLabel("Beside").selectOption({ label: "no other language" });
  await beside.waitFor({ state: "detached" });
  calm(person);
});

test.each([
  ["en", 320],
  ["ar", 360],
])("beside fits a telephone, in %s at %d px", async (language, width) => {
  const { page } = await the.enter("avr-delegate", { viewport: { width, height: 700 } });
  await page.goto(`${page.url()}?ui=${language}&lang=en&beside=zh`);
  await page.locator(".beside").first().waitFor();
  await fits(page);
  await accessible(page, `beside at ${width} in ${language}`);
});

test("who has asked for it is told of what awaits, once, and only while not looking", async () => {
  const person = await the.enter("nrm-delegate", { permissions: ["notifications"] });
  const { page } = person;
  await person.context.addInitScript(() => {
    const told: string[] = [];
    class Told {
      static permission = "granted";
      static requestPermission = () => Promise.resolve("granted");
      constructor(title: string, { body }: { body: string }) {
        told.push(`${title}: ${body}`);
      }
    }
    Object.assign(window, { Notification: Told, told });
    let hidden = false;
    Object.defineProperty(document, "hidden", { get: () => hidden });
    Object.assign(window, { hide: (is: boolean) => (hidden = is) });
  });
  await page.reload();
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told);
  const hide = (is: boolean) =>
    page.evaluate((is) => (window as unknown as { hide(is: boolean): void }).hide(is), is);
  const propose = (clause: string) =>
    the.server.act("avr-delegate", {
      propose: { amendment: { replace: { clause } }, text: { en: "*Invites* all;" } },
    });
  await hide(true);
  await propose("capability-levels");
  await page.getByText("1 clause awaits you").waitFor();
  expect(await told()).toEqual([]);
  await page.getByLabel("Tell me what awaits me").check();
  await propose("international-law");
  await page.getByText("2 clauses await you").waitFor();
  expect((await told()).length).toBe(1);
  expect((await told())[0]).toMatch(/: PP\d+: you have said nothing/);
  await hide(false);
  await propose("sovereignty");
  await page.getByText("3 clauses await you").waitFor();
  expect((await told()).length).toBe(1);
  expect(await page.title()).toMatch(/^\(3\) /);
  // A vote counts, and is told of; and whoever wants quiet gets it.
  await hide(true);
  await the.server.act("chair-facilitator", { open_vote: { on: { clause: "concentration" } } });
  await page.getByText("1 vote awaits you").waitFor();
  expect((await told()).length).toBe(2);
  expect(await page.title()).toMatch(/^\(4\) /);
  await page.getByLabel("Tell me what awaits me").uncheck();
  await propose("best-interests");
  await page.getByText("4 clauses await you").waitFor();
  expect((await told()).length).toBe(2);
  await accessible(page, "told");
  calm(person);
});
