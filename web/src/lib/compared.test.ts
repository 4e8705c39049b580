import { expect, test } from "vitest";
import type { ClauseChange } from "../api/types.ts";
import { gathered, numbered, side } from "./compared.ts";

const clause = (id: string, change: ClauseChange["change"], moved = false) =>
  ({ id, change, moved, segments: [] }) as unknown as ClauseChange;

test("what is as before is gathered, what moved is not among it", () => {
  const all = [
    clause("a", "unchanged"),
    clause("b", "unchanged"),
    clause("c", "changed"),
    clause("d", "unchanged", true),
    clause("e", "unchanged"),
  ];
  expect(gathered(all).map((s) => (s.kind === "same" ? s.clauses.length : s.clause.id))).toEqual([
    2,
    "c",
    "d",
    1,
  ]);
});

test("each side reads as it read", () => {
  const segments = [
    { op: "same" as const, text: "within " },
    { op: "del" as const, text: "24" },
    { op: "ins" as const, text: "72" },
    { op: "same" as const, text: " hours" },
  ];
  const read = (which: "old" | "new") => side(segments, which).map((s) => s.text);
  expect(read("old").join("")).toBe("within 24 hours");
  expect(read("new").join("")).toBe("within 72 hours");
});

test("a clause that has another number says both", () => {
  const label = (old_label?: string, new_label?: string) =>
    numbered({ old_label, new_label } as ClauseChange);
  expect(label("OP3", "OP3")).toBe("OP3");
  expect(label("OP3", "OP7")).toBe("OP3 → OP7");
  expect(label(undefined, "OP7")).toBe("OP7");
  expect(label("OP3", undefined)).toBe("OP3");
});
