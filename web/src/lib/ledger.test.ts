import { expect, test } from "vitest";
import type { MergeView } from "../api/types.ts";
import { linesOf, mayUndo } from "./ledger.ts";

const line = (more: object) =>
  ({
    source: "p2",
    into: "p1",
    parties: ["MRD", "KLM"],
    state: { is: "merged", seq: 9 },
    ...more,
  }) as MergeView;

test("each sponsor may take it back, once, and nobody else", () => {
  expect(mayUndo(line({}), "KLM")).toBe(true);
  expect(mayUndo(line({ state: { is: "awaiting" } }), "MRD")).toBe(true);
  expect(mayUndo(line({}), "AVR")).toBe(false);
  expect(mayUndo(line({}), undefined)).toBe(false);
  expect(mayUndo(line({ state: { is: "undone", by: "MRD", seq: 12 } }), "MRD")).toBe(false);
});

test("a clause shows what was merged into its proposals, and not what was taken back", () => {
  const lines = [line({}), line({ source: "p8", into: "p7" })];
  expect(linesOf(lines, new Set(["p1"])).map((l) => l.source)).toEqual(["p2"]);
  expect(linesOf([line({ state: { is: "undone", by: "MRD", seq: 1 } })], new Set(["p1"]))).toEqual(
    [],
  );
});
