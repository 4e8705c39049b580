import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessible } from "./axe.ts";
import { room } from "./room.ts";

const the = room();

/** The states of the page of a draft, one after another. */
const states: [string, (page: Page) => Promise<unknown>][] = [
  ["reading", (page) => page.locator(".find").waitFor()],
  [
    "a clause open",
    async (page) => {
      await page.locator("[id=capability-levels] .standing").click();
      await page.locator(".panel .tally").first().waitFor();
    },
  ],
  [
    "editing",
    async (page) => {
      await page.locator("[data-key=propose]").click();
      await page.locator("textarea.words").fill("*Invites* nobody;");
    },
  ],
  [
    "refused",
    async (page) => {
      await page.locator(".panel [data-key=object]").click();
      await page.locator(".said").first().waitFor();
    },
  ],
  [
    "keys",
    async (page) => {
      await page.locator(".tools > .quiet").click();
      await page.locator("dialog[open]").waitFor();
    },
  ],
];

test.each([
  ["en", "light"],
  ["ar", "light"],
  ["zh", "dark"],
  ["ar", "dark"],
] as const)("axe finds nothing in %s, %s", async (language, colorScheme) => {
  const { page } = await the.enter("avr-delegate", { colorScheme });
  await the.server
    .act("nrm-delegate", {
      propose: {
        amendment: { replace: { clause: "capability-levels" } },
        text: { en: "*Invites* all;" },
        rationale: "Shorter.",
      },
    })
    .catch(() => undefined);
  await page.goto(`${page.url()}?ui=${language}`);
  const checked: Record<string, number> = {};
  for (const [state, reach] of states) {
    await reach(page);
    checked[state] = await accessible(page, `${language}, ${colorScheme}, ${state}`);
  }
  await page.goto(`${the.address}/?ui=${language}`);
  checked.home = await accessible(page, `${language}, home`);
  await page.goto(`${the.address}/d/nothing?ui=${language}`);
  checked["nothing there"] = await accessible(page, `${language}, nothing there`);
  console.table({ [`rules passed, ${language}, ${colorScheme}`]: checked });
});

test("without a script axe finds nothing either", async () => {
  const { page } = await the.enter("avr-delegate");
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.reload();
  await page.locator("p.standing").first().waitFor();
  expect(await accessible(page, "without script")).toBeGreaterThan(10);
});

test.each(["es", "fr", "ru", "zh-Hant"])("axe finds nothing in %s either", async (language) => {
  const { page } = await the.enter("avr-delegate");
  await page.goto(`${page.url()}?ui=${language}`);
  const checked: Record<string, number> = {};
  for (const [state, reach] of states) {
    await reach(page);
    checked[state] = await accessible(page, `${language}, ${state}`);
  }
  console.table({ [`rules passed, ${language}`]: checked });
});

/** Each page of a draft, and what shows that it is there. */
const pages = { "": ".find", "/matrix": "[role=grid]", "/history": "ol li", "/projector": "main" };
const languages = ["en", "ar", "es", "fr", "ru", "zh", "zh-Hant"];

// A window of 1280 px that is zoomed to 200 % lays out as one of 640; at 400 % as one of 320.
test.each([
  ["at 320 px", 320],
  ["zoomed to 200 %", 640],
])("%s nothing is cut off, in no language and on no page", async (_, width) => {
  const { page } = await the.enter("chair-facilitator", { viewport: { width, height: 640 } });
  const [address] = page.url().split("?");
  for (const language of languages)
    for (const [name, ready] of Object.entries(pages)) {
      await page.goto(`${address}${name}?ui=${language}`);
      await page.locator(ready).first().waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${language} ${name}`).toBe(width);
    }
});

test.each(["en", "ar", "zh"])("at 320 px nothing is cut off, in %s", async (language) => {
  const viewport = { width: 320, height: 640 };
  const { page } = await the.enter("avr-delegate", { viewport });
  await page.goto(`${page.url()}?ui=${language}`);
  for (const [state, reach] of states) {
    await reach(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, state).toBe(320);
  }
});
