import { expect, test } from "vitest";
import type { Blame, EntryView } from "../api/types.ts";
import { settling, whose, wording } from "./drafting.ts";

const entry = (seq: number, touched: object[]) => ({ seq, touched }) as unknown as EntryView;

test("the drafting of a clause is the entries that settled its words", () => {
  const all = [
    entry(1, [{ place: { clause: "op-1" }, language: "en" }]),
    entry(2, [{ place: { clause: "op-2" }, language: "en" }]),
    entry(3, [{ place: { clause: "op-1" }, language: "fr" }]),
    entry(4, [{ place: { proposal: "p1" }, language: "en" }]),
    entry(5, [{ place: { clause: "op-2" } }, { place: { clause: "op-1" } }]),
    entry(6, []),
  ];
  expect(settling(all, "op-1", "en").map(({ seq }) => seq)).toEqual([1, 5]);
  expect(settling(all, "op-1", "fr").map(({ seq }) => seq)).toEqual([3, 5]);
});

test("whose words they are, and which", () => {
  const blame = {
    spans: [
      { text: "all ", origin: 0 },
      { text: "of us", origin: 1 },
    ],
  } as Blame;
  expect(wording(blame)).toBe("all of us");
  expect(whose("secretariat")).toBe("secretariat");
  expect(whose({ seat: { delegation: "AVR", role: "delegate", seat: "s1" } })).toBe("AVR");
});
