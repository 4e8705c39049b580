import { appendFileSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wanted = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface Found {
  violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
  passes: unknown[];
}

/** That axe finds nothing on the page as it is; how many rules it has checked. */
export async function accessible(page: Page, state: string): Promise<number> {
  await page.evaluate(source);
  // Half faded in, everything is pale. What never ends, such as a caret that blinks, is not waited for.
  await page.evaluate(() => {
    const ends = (a: Animation) => Number(a.effect?.getComputedTiming().endTime) < Infinity;
    return Promise.allSettled(
      document
        .getAnimations()
        .filter(ends)
        .map((a) => a.finished),
    );
  });
  const found = await page.evaluate<Found, string[]>((tags) => {
    const { axe } = window as unknown as { axe: { run(options: unknown): Promise<Found> } };
    return axe.run({ runOnly: tags });
  }, wanted);
  const told = found.violations.map(
    (v) =>
      `${state}: ${v.id}: ${v.help}: ${v.nodes
        .map((n) => n.html)
        .join(" | ")
        .slice(0, 600)}`,
  );
  expect(told).toEqual([]);
  // For whoever wants a list of it.
  const list = process.env.PLENARY_AXE;
  if (list) appendFileSync(list, `| ${state} | ${found.passes.length} |\n`);
  return found.passes.length;
}
