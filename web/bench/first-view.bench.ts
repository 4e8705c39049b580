// How long a delegate on a weak line waits: `npm run bench`. Measured in Chromium with its own throttling; nothing here is
// a test.
import type { CDPSession, Page } from "playwright-core";
import { test } from "vitest";
import { room } from "../tests/room.ts";
import { sixty } from "../tests/sixty.ts";
import { told } from "./results.ts";

const the = room();
const WEAK = { latency: 300, downloadThroughput: 64_000 / 8, uploadThroughput: 64_000 / 8 };
const median = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

async function seated(): Promise<{ page: Page; line: CDPSession; address: string }> {
  const draft = await sixty(the.server);
  const seat = { delegation: "CHAIR", role: "facilitator", drafts: [draft] };
  const { token } = await the.server.ask<{ token: string }>("secretariat", "/seats", seat);
  // A service worker's own requests are not throttled: without one the line is as weak as it is meant to be.
  const context = await the.browser.newContext({ locale: "en", serviceWorkers: "block" });
  const headers = { authorization: `Bearer ${token}` };
  await context.request.post(`${the.address}/api/v1/session`, { headers });
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  return { page, line, address: `${the.address}/d/${draft}` };
}

async function weak(line: CDPSession) {
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", { offline: false, ...WEAK });
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

test("first readable text, and time to a position, at 64 kbit/s with 300 ms", async () => {
  const [painted, readable, able] = [[] as number[], [] as number[], [] as number[]];
  for (let n = 0; n < 5; n++) {
    const { page, line, address } = await seated();
    await weak(line);
    const began = performance.now();
    await page.goto(address, { waitUntil: "commit" });
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length);
    painted.push(performance.now() - began);
    await page.waitForFunction(() => document.querySelectorAll(".clause").length >= 60);
    readable.push(performance.now() - began);
    await page.locator("button.standing").nth(3).click();
    await page.locator("[data-key=propose]").waitFor();
    able.push(performance.now() - began);
    await page.context().close();
  }
  told(
    "At 64 kbit/s with 300 ms, five times, the median",
    ["", "seconds after the request"],
    [
      ["first text on the screen", seconds(median(painted))],
      ["all sixty clauses", seconds(median(readable))],
      ["a clause open, its forms there", seconds(median(able))],
    ],
  );
}, 300_000);

test("live editing, cold and warm, on this machine's own line and on the weak one", async () => {
  const times: [string, string][] = [];
  for (const isWeak of [false, true]) {
    const { page, line, address } = await seated();
    for (const cache of ["cold", "warm"]) {
      await page.goto(address);
      await page.locator("button.standing").nth(3).click();
      await page.locator("[data-key=propose]").waitFor();
      if (isWeak) await weak(line);
      const began = performance.now();
      await page.getByRole("button", { name: "Edit live" }).first().click();
      await page.locator(".cm-content").waitFor({ timeout: 280_000 });
      const over = isWeak ? "64 kbit/s, 300 ms" : "loopback";
      times.push([`${over}, ${cache}`, seconds(performance.now() - began)]);
    }
    await page.context().close();
  }
  told("From the button to a live editor", ["line, cache", "time"], times);
}, 600_000);
