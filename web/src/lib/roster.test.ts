import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { roster } from "./roster.ts";

test("the roster among the examples is read", () => {
  const { seats, groups, rule, authentic, working } = roster(
    readFileSync("../examples/roster.toml", "utf8"),
  );
  expect(authentic).toEqual(["en"]);
  expect(working).toEqual(["fr", "zh", "ar"]);
  expect(rule).toMatchObject({ decision: "consensus", silence_hours: 72, vote: "named" });
  expect(seats.find((seat) => seat.delegation === "AVR")).toMatchObject({ weight: 3 });
  expect(seats.find((seat) => seat.delegation === "CHAIR")).toMatchObject({
    entitled: false,
    role: "facilitator",
  });
  expect(groups.every((group) => group.members.length > 0 && group.group)).toBe(true);
});

test("what is no roster says where", () => {
  expect(() => roster("title = ")).toThrow(/1:\s+title/);
});
