import { expect, test } from "vitest";
import { LONGEST, cleaned } from "./clean.ts";

test("text from elsewhere keeps its words and loses what hides in it", () => {
  expect(cleaned("one\r\ntwo")).toEqual({ text: "one\ntwo", notes: [] });
  expect(cleaned("a\u0007b")).toEqual({ text: "ab", notes: ["control"] });
  expect(cleaned("safe \u202etxet")).toEqual({ text: "safe txet", notes: ["direction"] });
  expect(cleaned("المادة 5").notes).toEqual([]);
});

test("two million characters become as many as a wording may have, and it is said", () => {
  const { text, notes } = cleaned("x".repeat(2_000_000));
  expect([text.length, notes]).toEqual([LONGEST, ["long"]]);
});
