import { expect, test } from "vitest";
import { tokenOf, written } from "./again.ts";

test("a link, or only its end, is enough to sit down again", () => {
  expect(tokenOf(" https://conference.example/#token=plenary_ab.cd ")).toBe("plenary_ab.cd");
  expect(tokenOf("plenary_ab.cd\n")).toBe("plenary_ab.cd");
});

test("what was written is found in what is kept, whatever it is of", () => {
  expect(written(JSON.stringify({ text: "all of us", base: "all", heads: [] }))).toBe("all of us");
  expect(written("Too soon.")).toBe("Too soon.");
  expect(written("12")).toBe("12");
});
