import { expect, test } from "vitest";
import type { ClauseText, ClauseView, DraftSummary } from "../api/types.ts";
import { awaited, mark, renderings, sources } from "./renderings.ts";

const draft = { authentic: ["en", "fr"], working: ["es"] } as unknown as DraftSummary;
const view = (id: string, is?: string, status = "open") =>
  ({ id, status, ...(is ? { translations: { fr: { is } } } : {}) }) as unknown as ClauseView;

test("an authentic wording renders the one negotiated in, a working one any authentic", () => {
  expect(renderings(draft)).toEqual(["fr", "es"]);
  expect(sources(draft, "fr")).toEqual(["en"]);
  expect(sources(draft, "es")).toEqual(["en", "fr"]);
});

test("what is still to be done is told apart, and what is deleted awaits nothing", () => {
  const views = [view("a", "matching"), view("b", "behind"), view("c", "unmarked"), view("d")];
  expect(awaited([...views, view("e", "behind", "deleted")], "fr")).toEqual({
    missing: ["d"],
    unmarked: ["c", "b"],
    matching: 1,
    all: 4,
  });
});

test("a mark names the words in view on both sides, or brings others", () => {
  const text = {
    id: "a",
    text: { en: "Yes", fr: "Oui" },
    digests: { en: "E", fr: "F" },
  } as unknown as ClauseText;
  const both = { clause: "a", language: "fr", source: "en", of: "E" };
  expect(mark(text, "fr", "en", "Oui")).toEqual({ ...both, digest: "F" });
  expect(mark(text, "fr", "en", "Si")).toEqual({ ...both, text: "Si" });
});
