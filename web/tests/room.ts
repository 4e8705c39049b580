import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { complaints, launch } from "./browser.ts";
import { Server, type Seat } from "./server.ts";

/** A person at a screen of their own. */
export interface Person {
  page: Page;
  context: BrowserContext;
  /** Every error that the pages have had. */
  complaints: string[];
}

/** A server and a browser for the tests of one file. */
export function room() {
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    /** Somebody opens the printed link, and is in the draft. */
    async enter(seat: Seat, more: BrowserContextOptions = {}): Promise<Person> {
      const context = await browser.newContext({ locale: "en", ...more });
      const heard = complaints(context);
      const page = await context.newPage();
      await page.goto(server.link(seat));
      await page.waitForURL(/\/d\//);
      return { page, context, complaints: heard };
    },
    /** Somebody without JavaScript, who has a session all the same. */
    async withoutScript(seat: Seat): Promise<Person> {
      const context = await browser.newContext({ locale: "en", javaScriptEnabled: false });
      const headers = { authorization: `Bearer ${server.token(seat)}` };
      await context.request.post(`${this.address}/api/v1/session`, { headers });
      const page = await context.newPage();
      await page.goto(`${this.address}/d/${await server.draft()}`);
      return { page, context, complaints: [] };
    },
    get address() {
      return `http://127.0.0.1:${server.port}`;
    },
  };
}

/** That nothing went wrong on the pages. */
export function calm(...people: Person[]) {
  for (const person of people) expect(person.complaints).toEqual([]);
}

/** That the page itself is not wider than the window: what is wide scrolls in a region of its own. */
export async function fits(page: Page) {
  const [wide, seen] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(wide).toBeLessThanOrEqual(seen ?? 0);
}

/** The row of a clause in the matrix, which draws only what is in sight: scrolls as a hand would, until it is there. */
export async function row(page: Page, label: string) {
  const number = page.locator(".label", { hasText: new RegExp(`^${label}$`) });
  const found = page.getByRole("rowheader").filter({ has: number });
  const box = page.locator(".box");
  // What is drawn follows a frame after the scrolling: a row that is still there may be about to go.
  const scrolled = (by: number) =>
    box.evaluate((it, by) => {
      it.scrollTop = by ? it.scrollTop + by : 0;
      return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    }, by);
  await scrolled(0);
  for (let n = 0; n < 60 && (await found.count()) === 0; n++) await scrolled(300);
  return found;
}
