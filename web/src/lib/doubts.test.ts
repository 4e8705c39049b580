import { expect, test } from "vitest";
import { doubts } from "./doubts.ts";

test("a word of letters that look alike and are of two scripts is doubtful", () => {
  expect(doubts("to p\u0430y all")).toEqual([
    { kind: "mixed", word: "p\u0430y", scripts: ["Latn", "Cyrl"] },
  ]);
  expect(doubts("our r\u0435p\u043ert, r\u0435p\u043ert").length).toBe(1);
});

test("so is one that only looks Latin, among Latin words", () => {
  const cope = "\u0441\u043e\u0440\u0435";
  expect(doubts(`the ${cope} of this declaration`)).toEqual([
    { kind: "alike", word: cope, scripts: ["Cyrl"] },
  ]);
  expect(doubts("\u0441\u043e\u0440\u0435 \u0438 \u043c\u0438\u0440")).toEqual([]);
});

test("what is not seen is named", () => {
  expect(doubts("no\u200bthing \ufeffhere")).toEqual([
    { kind: "unseen", names: ["U+200B", "U+FEFF"] },
  ]);
  expect(doubts("turned \u202eround")).toEqual([{ kind: "unseen", names: ["U+202E"] }]);
});

test("honest texts of many languages raise no doubt", () => {
  for (const text of [
    "*Recalling* résumés, naïve façades and ÅÄÖ,",
    "Принимает к сведению доклад AI-2026,",
    "注意到AI系统的风险，",
    "إذ يشير إلى الأنهار،",
    "می\u200cخواهم",
    "Σημειώνει την έκθεση",
  ])
    expect(doubts(text), text).toEqual([]);
});
