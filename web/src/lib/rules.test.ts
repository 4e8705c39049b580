import { expect, test } from "vitest";
import { begun, kindOf, share, whole } from "./rules.ts";

test("a share is a fraction that is at most the whole", () => {
  expect(share(" 2/3 ")).toEqual([2, 3]);
  for (const not of ["", "3/2", "0/2", "two thirds", "1/0", "-1/2"])
    expect(share(not), not).toBeUndefined();
});

test("a way to decide is known by its name, and begun with what is usual", () => {
  expect(kindOf({ majority: { of: "members", share: [2, 3] } })).toBe("majority");
  expect(kindOf(begun("majority"))).toBe("majority");
  expect(begun("unanimity")).toBe("unanimity");
});

test("what a rule leaves out is said as it then is", () => {
  expect(whole({ adopt: "consensus" })).toMatchObject({
    decision: "consensus",
    adopt: "consensus",
    vote: "named",
  });
});
