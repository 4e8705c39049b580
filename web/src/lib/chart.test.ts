import { expect, test } from "vitest";
import type { Point } from "../api/types.ts";
import { across, curve } from "./chart.ts";

const at = (...times: string[]) => times.map((time) => ({ at: `2026-01-${time}Z` }) as Point);

test("moments stand by their time, and evenly where all is within an hour", () => {
  expect(across(at("01T00:00:00", "02T00:00:00", "05T00:00:00"), 400)).toEqual([0, 100, 400]);
  expect(across(at("01T00:00:00", "01T00:00:01", "01T00:09:00"), 400)).toEqual([0, 200, 400]);
  expect(across(at("01T00:00:00"), 400)).toEqual([0]);
  expect(across([], 400)).toEqual([]);
});

test("a curve goes in steps, from the bottom for nothing to the top for all", () => {
  const { line, area, dots } = curve([0, 5, 10], [0, 50, 100], 10, 40);
  expect(line).toBe("M0 40H50V20H100V0");
  expect(area).toBe("M0 40H50V20H100V0V40H0Z");
  expect(dots).toEqual([
    { x: 0, y: 40 },
    { x: 50, y: 20 },
    { x: 100, y: 0 },
  ]);
  expect(curve([], [], 0, 40).line).toBe("");
});
