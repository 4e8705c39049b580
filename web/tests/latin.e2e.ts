// The pages in a language that is not written in Latin letters: what is said in these is a name, a code, or the text itself.
import { test, expect } from "vitest";
import { calm, room } from "./room.ts";

const the = room();

/** What has no other name: formats, keys. And what stands on paper beside a paragraph, as in every language of the text. */
const same = "Word Akoma Ntoso Markdown Page Down Home End Enter Plenary Title Annex iii".split(
  " ",
);

/** Words in Latin letters of the page's own language: not of the text, not of what people have called things. */
const latin = () => {
  const found = new Set<string>();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.parentElement as HTMLElement;
    if (at.closest("script, style, [dir=auto], [dir=ltr]:not(html), .mark, .of, kbd, option"))
      continue;
    if (at.closest("[lang]")?.getAttribute("lang") !== document.documentElement.lang) continue;
    for (const word of node.textContent?.match(/[A-Za-z][a-z]{2,}/g) ?? []) found.add(word);
  }
  return [...found];
};

test.each(["ar", "zh"])("in %s nothing is left in English", async (language) => {
  const propose = (amendment: object, text = {}) =>
    the.server.act("avr-delegate", { propose: { amendment, text } });
  if (language === "ar") {
    await propose({ replace: { clause: "sovereignty" } }, { en: "*Decides* so;" });
    await propose({ delete: { clause: "international-law" } });
  }
  const { page, ...person } = await the.enter("chair-facilitator");
  const at = page.url().split("?")[0] ?? "";
  const roster = await the.server.ask<{ delegations: object; groups: object }>(
    "chair-facilitator",
    `/drafts/${await the.server.draft()}/roster`,
  );
  // What they are called is theirs.
  const summary = await the.server.ask<{ title: string }>(
    "chair-facilitator",
    `/drafts/${await the.server.draft()}`,
  );
  const names = new Set(JSON.stringify([roster, summary.title, same]).match(/[A-Za-z][a-z]{2,}/g));
  const seen = new Set<string>();
  const told: Record<string, string[]> = {};
  for (const name of ["", "/matrix", "/history", "/projector", "/papers", "/seats", "/rule"]) {
    await page.goto(`${at}${name}?ui=${language}`);
    await page.waitForLoadState("networkidle");
    await page.locator("#app h1, #app h2").first().waitFor();
    const all = await page.evaluate(latin);
    for (const word of all) seen.add(word);
    const words = all.filter((word) => !names.has(word));
    if (words.length) told[name] = words;
  }
  expect(told).toEqual({});
  expect([...seen]).toContain("Markdown");
  calm({ page, ...person });
});
