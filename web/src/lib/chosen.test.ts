import { expect, test } from "vitest";
import type { RollingClause } from "../api/types.ts";
import { chosen } from "./chosen.ts";

const words = (text: string) => [{ plain: text }];
const clause = {
  spans: [
    { plain: "within " },
    {
      alternatives: [
        { stands: true, proposals: [], spans: words("24"), who: [] },
        { stands: false, proposals: ["p1", "p3"], spans: words("72"), who: ["AVR"] },
        { stands: false, proposals: ["p2"], spans: words("48"), who: ["NRM"] },
      ],
    },
    { plain: " hours" },
    {
      alternatives: [
        { stands: true, proposals: [], spans: [], who: [] },
        { stands: false, proposals: ["p3"], spans: words(" at most"), who: ["AVR"] },
      ],
    },
  ],
} as unknown as RollingClause;

test("taking a proposal in leaves the others where they are", () => {
  expect(chosen(clause)).toBe("within 24 hours");
  expect(chosen(clause, "p1")).toBe("within 72 hours");
  expect(chosen(clause, "p2")).toBe("within 48 hours");
  expect(chosen(clause, "p3")).toBe("within 72 hours at most");
  expect(chosen(clause, "p9")).toBe("within 24 hours");
});
