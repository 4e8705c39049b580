// Pictures of the pages for docs/screenshots: `npm run screens`. They are looked at by people; nothing here is a test.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { publish } from "../tests/published.ts";
import { room } from "../tests/room.ts";
import { sample, type Seated } from "./sample.ts";

const the = room();
const folder =
  process.env.PLENARY_SCREENS ?? new URL("../../docs/screenshots/", import.meta.url).pathname;
/** All of them together, in bytes. */
const BUDGET = 3_000_000;

type Drafted = Awaited<ReturnType<typeof sample>>;
interface Shot {
  who: (of: Drafted) => Seated;
  page: string;
  ready: string;
  then?: (page: Page, of: Drafted) => Promise<unknown>;
}

const open = async (page: Page, { tests }: Drafted) => {
  await page.locator(`[id="${tests}"] .standing`).click();
  await page.locator(`[id="${tests}"] .tally`).first().waitFor();
  await page.locator(`[id="${tests}"]`).evaluate((it) => {
    it.scrollIntoView({ block: "start" });
    scrollBy(0, 48);
  });
};

const shots: Record<string, Shot> = {
  delegate: { who: (d) => d.avr, page: "", ready: ".find" },
  clause: { who: (d) => d.avr, page: "", ready: ".find", then: open },
  editing: {
    who: (d) => d.avr,
    page: "",
    ready: ".find",
    then: async (page, of) => {
      await open(page, of);
      await page.locator("[data-key=propose]").click();
      const field = page.locator("textarea.words");
      const words = await field.inputValue();
      await field.fill(words.replace(/30/, "60"));
      await field.evaluate((it) => {
        it.scrollIntoView({ block: "center" });
      });
    },
  },
  matrix: { who: (d) => d.chair, page: "/matrix", ready: "[role=grid]" },
  projector: { who: (d) => d.chair, page: "/projector", ready: ".board h1, .board h2" },
  seats: { who: (d) => d.secretary, page: "/seats", ready: "table" },
  redline: { who: (d) => d.avr, page: "/history?from=REV1", ready: "article" },
  "side-by-side": { who: (d) => d.avr, page: "/history?from=REV1&view=side", ready: "article" },
  timeline: {
    who: (d) => d.avr,
    page: "/history?from=REV1",
    ready: "article",
    then: (page) => page.locator("#timeline-heading").evaluate((it) => it.scrollIntoView()),
  },
};
const wanted = process.env.ONLY?.split(",");

async function shoot(of: Drafted, name: string, language: string, width: number, dark = false) {
  const shot = shots[name];
  const context = await the.browser.newContext({
    locale: language,
    timezoneId: "UTC",
    colorScheme: dark ? "dark" : "light",
    viewport: { width, height: width > 600 ? 900 : 740 },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  if (shot) {
    const headers = { authorization: `Bearer ${shot.who(of).token}` };
    await context.request.post(`${the.address}/api/v1/session`, { headers });
    const [path, query] = shot.page.replace("REV1", `${of.rev1}`).split("?");
    const asked = `ui=${language}&lang=${language}${query ? `&${query}` : ""}`;
    await page.goto(`${the.address}/d/${of.id}${path}?${asked}`);
    await page.locator(shot.ready).first().waitFor();
    await shot.then?.(page, of);
  } else await page.goto(`${the.address}/?ui=${language}`);
  await page.waitForLoadState("networkidle").catch(() => undefined);
  const path = `${folder}${name}-${language}-${width}${dark ? "-dark" : ""}.png`;
  await page.screenshot({ path });
  execFileSync("pngquant", ["--force", "--ext", ".png", "--speed", "1", "--strip", "48", path]);
  await context.close();
}

/** A published draft, as it is opened from a memory stick. */
async function published(of: Drafted) {
  const site = publish(the.address, of.avr.token, of.id);
  const revised = `${of.rev1}`.padStart(8, "0");
  const shots = [
    ["published-en-1440", "index.html", "light"],
    ["published-en-1440-dark", "index.html", "dark"],
    ["published-text-en-1440", `text/${revised}.en.html`, "light"],
    ["published-text-ar-1440", `text/${revised}.ar.html`, "light"],
  ] as const;
  for (const [name, file, colorScheme] of shots) {
    const viewport = { width: 1440, height: 900 };
    const context = await the.browser.newContext({ colorScheme, viewport });
    const page = await context.newPage();
    await page.goto(site(file));
    const path = `${folder}${name}.png`;
    await page.screenshot({ path });
    execFileSync("pngquant", ["--force", "--ext", ".png", "--speed", "1", "--strip", "48", path]);
    await context.close();
  }
}

test("every page in three languages and two widths", async () => {
  mkdirSync(folder, { recursive: true });
  if (!wanted) for (const old of readdirSync(folder)) rmSync(folder + old);
  const of = await sample(the.server);
  for (const name of [...Object.keys(shots), "home"]) {
    if (wanted && !wanted.includes(name)) continue;
    for (const language of ["en", "ar", "zh"])
      for (const width of [1440, 360]) await shoot(of, name, language, width);
    await shoot(of, name, "en", 1440, true);
  }
  if (!wanted || wanted.includes("published")) await published(of);
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(folder + name).size, 0);
  console.log(`${readdirSync(folder).length} pictures, ${Math.round(bytes / 1000)} kB`);
  expect(bytes).toBeLessThanOrEqual(BUDGET);
});
