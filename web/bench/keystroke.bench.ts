// From a keystroke to the other screens, and where the time goes: the server's part is heard by a listener that draws nothing.
import type { Page } from "playwright-core";
import { test } from "vitest";
import { room } from "../tests/room.ts";

const the = room();
const KEYSTROKES = 60;

interface Listener {
  /** Resolves when an event has told of those signs. */
  heard(mark: string): Promise<void>;
  close(): void;
}

/** Follows the draft's events as a page does, and shows nothing. */
async function listener(draft: string): Promise<Listener> {
  const end = new AbortController();
  const answer = await fetch(`${the.address}/api/v1/drafts/${draft}/events`, {
    headers: { authorization: `Bearer ${the.server.token("avr-delegate")}` },
    signal: end.signal,
  });
  let [said, waiting] = ["", [] as { mark: string; tell: () => void }[]];
  const follow = async () => {
    for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
      said = (said + new TextDecoder().decode(part)).slice(-200_000);
      waiting = waiting.filter(({ mark, tell }) => !said.includes(mark) || void tell());
    }
  };
  follow().catch(() => {});
  return {
    heard: (mark) => new Promise((tell) => void waiting.push({ mark, tell })),
    close: () => end.abort(),
  };
}

const sorted = (times: number[]) => [...times].sort((a, b) => a - b);
const at = (times: number[], share: number) =>
  `${Math.round(sorted(times)[Math.ceil(share * times.length) - 1] ?? 0)} ms`;
const told = (times: number[]) => `p50 ${at(times, 0.5)}, p99 ${at(times, 0.99)}`;

/** Seconds of a page's own work, by what it is. */
async function work(page: Page) {
  const line = await page.context().newCDPSession(page);
  await line.send("Performance.enable");
  return async () => {
    const { metrics } = await line.send("Performance.getMetrics");
    const of = (name: string) => metrics.find((m) => m.name === name)?.value ?? 0;
    return ["ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration"].map(of);
  };
}

test.each([
  [2, 0],
  [1, 20],
  [20, 0],
])(
  "with %d pages that edit live and %d listeners that draw nothing",
  async (browsers, others) => {
    const draft = await the.server.draft();
    const listeners = await Promise.all(Array.from({ length: others + 1 }, () => listener(draft)));
    const pages: Page[] = [];
    while (pages.length < browsers) {
      const { page } = await the.enter("chair-facilitator");
      await page.locator("button.standing").nth(3).click();
      await page.getByRole("button", { name: "Edit live" }).first().click();
      await page.locator(".cm-content").waitFor({ timeout: 120_000 });
      pages.push(page);
    }
    const [one, last] = [pages[0] as Page, pages.at(-1) as Page];
    const field = one.locator(".cm-content");
    await field.press("Control+Home");
    const look = await work(last);
    const before = await look();
    const [screens, server]: [number[], number[]] = [[], []];
    for (let n = 0; n < KEYSTROKES; n++) {
      const mark = String.fromCodePoint(0x4e00 + n);
      const seen = last.waitForFunction(
        (mark) => document.querySelector(".cm-content")?.textContent?.includes(mark),
        mark,
        { polling: "raf" },
      );
      const began = performance.now();
      const heard = listeners.map((it) => it.heard(mark).then(() => performance.now() - began));
      await one.keyboard.insertText(mark);
      await seen;
      screens.push(performance.now() - began);
      server.push(Math.max(...(await Promise.all(heard))));
    }
    const spent = (await look()).map((now, n) => now - (before[n] ?? 0));
    const each = spent.map((s) => `${((1000 * s) / KEYSTROKES).toFixed(1)} ms`);
    console.table({
      "to the last screen": told(screens),
      "to the last listener": told(server),
      "one page's work for a keystroke": each[3],
      "of it script, layout, style": each.slice(0, 3).join(", "),
    });
    for (const it of listeners) it.close();
    for (const page of pages) await page.context().close();
  },
  600_000,
);
