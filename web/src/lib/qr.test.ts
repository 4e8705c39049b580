import { expect, test } from "vitest";
import { coded } from "./qr.ts";

test("the three corners by which a reader finds the code are there, in a quiet zone", () => {
  const { size, path } = coded(`https://plenary.example/#token=plenary_${"x".repeat(43)}`);
  expect(size).toBeGreaterThan(8 + 21);
  const last = size - 4 - 7;
  for (const corner of [`M4 4h7v1`, `M${last} 4h7v1`, `M4 ${last}h7v1`])
    expect(path).toContain(corner);
  const xs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((m) => Number(m[1]) + Number(m[3]));
  expect(Math.max(...xs)).toBeLessThanOrEqual(size - 4);
});

test("another text is another code", () => {
  expect(coded("one").path).not.toBe(coded("two").path);
});
