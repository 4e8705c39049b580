import { expect, test } from "vitest";
import { fresh } from "./notify.ts";

test("what awaited before is not told again", () => {
  const before = new Map([["op-1", "OP1"]]);
  const now = new Map([
    ["op-1", "OP1"],
    ["op-2", "OP2"],
  ]);
  expect(fresh(before, now)).toEqual(["OP2"]);
  expect(fresh(now, before)).toEqual([]);
  expect(fresh(new Map(), new Map())).toEqual([]);
});
