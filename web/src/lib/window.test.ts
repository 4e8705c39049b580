import { expect, test } from "vitest";
import { inSight, reveal } from "./window.ts";

test("of three hundred rows a few are drawn, and the room of the others is kept", () => {
  for (const scrolled of [0, 1, 35, 5000, 10_790, 99_999]) {
    const { from, to, before, after } = inSight(scrolled, 600, 36, 300);
    expect(to - from).toBeLessThanOrEqual(600 / 36 + 14);
    expect(before + (to - from) * 36 + after).toBe(300 * 36);
  }
  expect(inSight(0, 600, 36, 300)).toMatchObject({ from: 0, before: 0 });
  expect(inSight(360, 36, 36, 300)).toMatchObject({ from: 4, to: 17 });
  expect(inSight(0, 600, 36, 0)).toEqual({ from: 0, to: 0, before: 0, after: 0 });
});

test("what is seen already is not scrolled to", () => {
  expect(reveal(3, 36, 0, 600)).toBeUndefined();
  expect(reveal(0, 36, 100, 600)).toBe(0);
  expect(reveal(20, 36, 0, 600)).toBe(156);
});
