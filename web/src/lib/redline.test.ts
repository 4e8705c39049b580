import { expect, test } from "vitest";
import { redline } from "./redline.ts";

const marks = { same: "", ins: "+", del: "-" };
const check = (old: string, now: string, language: string, ...expected: string[]) =>
  expect(redline(old, now, language).map((s) => marks[s.op] + s.text)).toEqual(expected);

test("words are compared as words", () => {
  check("within 24 hours", "within 72 hours", "en", "within ", "-24", "+72", " hours");
  check("the same", "the same", "en", "the same");
  check("", "new", "en", "+new");
});

test("Chinese is compared word by word, without spaces", () => {
  expect(redline("每年举行会议", "每两年举行会议", "zh").some((s) => s.op === "same")).toBe(true);
});
