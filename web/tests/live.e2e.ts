import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { calm, room, type Person } from "./room.ts";

const the = room();
const clause = (page: Page, id: string) => page.locator(`[id="${id}"]`);

/** Opens a clause for live editing; the field in which one types. */
async function live({ page }: Person, id: string) {
  const here = clause(page, id);
  if (!(await here.locator(".panel").count())) await here.locator(".standing").click();
  await here.getByRole("button", { name: "Edit live" }).first().click();
  const field = here.locator(".cm-content");
  await field.waitFor({ timeout: 40_000 });
  return field;
}

test("nothing of live editing is loaded before it is asked for", async () => {
  const person = await the.enter("chair-facilitator");
  const loaded: string[] = [];
  person.page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await person.page.reload();
  await person.page.locator(".find").waitFor();
  const heavy = () => loaded.filter((path) => /\.wasm$|LiveEditor/.test(path));
  expect(heavy()).toEqual([]);
  await live(person, "title");
  expect(heavy().some((path) => path.endsWith(".wasm"))).toBe(true);
  calm(person);
});

test("two type in one clause at once; both words are there, and each sees the other", async () => {
  const [one, two] = [await the.enter("chair-facilitator"), await the.enter("chair-facilitator")];
  const [first, second] = [await live(one, "uneven-benefits"), await live(two, "uneven-benefits")];
  await Promise.all([first.press("Control+Home"), second.press("Control+End")]);
  await Promise.all([
    first.pressSequentially("Gravely ", { delay: 20 }),
    second.pressSequentially(" everywhere", { delay: 20 }),
  ]);
  for (const field of [first, second]) {
    await field.getByText(/Gravely .*\*Recognizing\*/).waitFor();
    await field.getByText(/countries, .*everywhere/).waitFor();
  }
  await clause(one.page, "uneven-benefits").getByText("Also here: CHAIR").waitFor();
  await second.locator(".caret-name", { hasText: "CHAIR" }).waitFor();
  await clause(one.page, "uneven-benefits").getByText("All is with the server").waitFor();
  await accessible(one.page, "editing live");
  const reader = await the.enter("avr-delegate");
  await clause(reader.page, "uneven-benefits").getByText("Gravely").waitFor();
  calm(one, two, reader);
}, 150_000);

test("offline the words are kept and counted; they merge on return", async () => {
  const [one, two] = [await the.enter("chair-facilitator"), await the.enter("chair-facilitator")];
  const first = await live(one, "concentration");
  const here = clause(one.page, "concentration");
  await here.getByText("All is with the server").waitFor();
  await one.context.setOffline(true);
  await here.getByText(/Offline/).waitFor({ timeout: 40_000 });
  await first.press("Control+Home");
  await first.pressSequentially("Once more ");
  await here.getByText(/Offline, \d+ changes waiting/).waitFor();
  const second = await live(two, "concentration");
  await second.press("Control+End");
  await second.pressSequentially(" today");
  await one.context.setOffline(false);
  await here.getByText("All is with the server").waitFor({ timeout: 50_000 });
  for (const field of [first, second]) {
    await field.getByText("Once more").waitFor();
    await field.getByText("today").waitFor();
  }
}, 150_000);

test("a draft that was edited live opens without a line, and goes on", async () => {
  const person = await the.enter("chair-facilitator");
  await live(person, "best-interests");
  const here = clause(person.page, "best-interests");
  await here.getByText("All is with the server").waitFor();
  const kept = () =>
    person.page.evaluate(async () => {
      const controlled = !!navigator.serviceWorker.controller;
      const pages = await (await caches.open("plenary-pages")).keys();
      return controlled && pages.length === 1;
    });
  await expect.poll(kept, { timeout: 20_000 }).toBe(true);
  // Once more with the worker in place: now it has seen every file.
  await person.page.reload();
  await live(person, "best-interests");
  await person.page.waitForTimeout(500);
  await person.context.setOffline(true);
  await person.page.reload();
  await person.page.getByText("The line is down").waitFor({ timeout: 20_000 });
  const field = await live(person, "best-interests");
  await field.press("Control+Home");
  await field.pressSequentially("Always ");
  await here.getByText(/Offline, \d+ changes? waiting/).waitFor();
  await person.context.setOffline(false);
  await here.getByText("All is with the server").waitFor({ timeout: 50_000 });
  const reader = await the.enter("avr-delegate");
  await clause(reader.page, "best-interests").getByText("Always").waitFor();
}, 150_000);

test("what was written offline into a clause that was agreed meanwhile is explained", async () => {
  const chair = await the.enter("chair-facilitator");
  const field = await live(chair, "sovereignty");
  const here = clause(chair.page, "sovereignty");
  await here.getByText("All is with the server").waitFor();
  await chair.context.setOffline(true);
  await here.getByText(/Offline/).waitFor({ timeout: 40_000 });
  await field.press("Control+Home");
  await field.pressSequentially("Again ");
  const path = `/drafts/${await the.server.draft()}/roster`;
  const roster = await the.server.ask<{ delegations: Record<string, { entitled: boolean }> }>(
    "chair-facilitator",
    path,
  );
  const present = Object.entries(roster.delegations).flatMap(([code, d]) =>
    d.entitled ? code : [],
  );
  await the.server.act("chair-facilitator", { call: { clause: "sovereignty", present } });
  await the.server.act("chair-facilitator", { agree: { clause: "sovereignty" } });
  await chair.context.setOffline(false);
  await chair.page.getByText("was agreed before your edit arrived").waitFor({ timeout: 50_000 });
  await here.locator(".standing", { hasText: "agreed" }).waitFor();
}, 150_000);

test("the server is killed while somebody types live; every keystroke arrives", async () => {
  const person = await the.enter("chair-facilitator");
  const field = await live(person, "missing-languages");
  await clause(person.page, "missing-languages").getByText("All is with the server").waitFor();
  await field.press("Control+Home");
  const typing = field.pressSequentially("abcdefghijklmnopqrstuvwxyz ", { delay: 60 });
  await the.server.kill();
  await typing;
  await the.server.run();
  const saved = clause(person.page, "missing-languages").getByText("All is with the server");
  await saved.waitFor({ timeout: 60_000 });
  const text = await the.server.ask<{ clauses: { id: string; text: { en: string } }[] }>(
    "avr-delegate",
    `/drafts/${await the.server.draft()}/text`,
  );
  const words = text.clauses.find((c) => c.id === "missing-languages")?.text.en;
  expect(words).toMatch(/^abcdefghijklmnopqrstuvwxyz \*/);
}, 150_000);

test("Chinese and Arabic are typed with composition", async () => {
  const person = await the.enter("chair-facilitator");
  for (const [language, words] of [
    ["zh", "各国"],
    ["ar", "السلام"],
  ] as const) {
    await person.page.goto(`${person.page.url().replace(/[?#].*/, "")}?ui=en&lang=${language}`);
    await person.page.locator(".find").waitFor();
    const field = await live(person, "international-law");
    await field.press("Control+Home");
    const input = await person.context.newCDPSession(person.page);
    for (let n = 1; n <= words.length; n++) {
      const text = words.slice(0, n);
      await input.send("Input.imeSetComposition", { text, selectionStart: n, selectionEnd: n });
    }
    await input.send("Input.insertText", { text: words });
    await clause(person.page, "international-law").getByText("All is with the server").waitFor();
    expect(await field.textContent()).toMatch(new RegExp(`^${words}(?!${words})`));
    expect(await field.getAttribute("dir")).toBe(language === "ar" ? "rtl" : "ltr");
  }
  calm(person);
});
