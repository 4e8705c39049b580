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
