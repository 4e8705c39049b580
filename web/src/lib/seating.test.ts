import { expect, test } from "vitest";
import type { Roster } from "../api/types.ts";
import { candidates, groupOf, mayDecide, seatOf, tags } from "./seating.ts";

const seat = { name: "Averland", role: "delegate", entitled: true, languages: ["en"] } as const;
const roster = {
  delegations: {
    AVR: { ...seat, weight: 3, left: false },
    MRD: { ...seat, name: "Meridia", weight: 1, left: true },
  },
  groups: { ISL: { name: "Islands", members: ["MRD"], spokesperson: "AVR" } },
} as unknown as Roster;

test("languages are written as people write lists", () => {
  expect(tags(" fr, en;zh-Hant ")).toEqual(["fr", "en", "zh-Hant"]);
  expect(tags("ar، ru")).toEqual(["ar", "ru"]);
  expect(tags("")).toEqual([]);
});

test("who sits is changed from what it is, and a new one begins as a delegate that decides", () => {
  expect(seatOf(roster, "AVR")).toMatchObject({ delegation: "AVR", weight: 3, languages: ["en"] });
  expect(seatOf(roster)).toMatchObject({ delegation: "", role: "delegate", entitled: true });
  expect([mayDecide("delegate"), mayDecide("observer")]).toEqual([true, false]);
});

test("a group is not among its own members, and keeps one that has left", () => {
  expect(groupOf(roster, "ISL")).toMatchObject({ members: ["MRD"], spokesperson: "AVR" });
  const codes = (group: string, members: string[]) =>
    candidates(roster, group, members).map(([code]) => code);
  expect(codes("ISL", ["MRD"])).toEqual(["AVR", "MRD"]);
  expect(codes("NEW", [])).toEqual(["ISL", "AVR"]);
});
