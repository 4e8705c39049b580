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

test("two long texts that have nothing in common are not compared word by word", () => {
  const [old, now] = [0, 1].map((n) =>
    Array.from({ length: 4000 }, (_, at) => `w${at * 2 + n}`).join(" "),
  ) as [string, string];
  expect(redline(old, now, "en").map(({ op }) => op)).toEqual(["del", "ins"]);
});
