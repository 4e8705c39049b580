import { expect, test } from "vitest";
import type { Alternative, RollingClause, Span } from "../api/types.ts";
import { bracketed, taken, type Piece } from "./rolling.ts";

const stands = (text: string, ...who: string[]): Alternative => ({
  spans: text ? [{ plain: text }] : [],
  who,
  proposals: [],
  stands: true,
});
const would = (text: string, ...who: string[]): Alternative => ({
  spans: text ? [{ plain: text }] : [],
  who,
  proposals: ["p1"],
  stands: false,
});
const clause = (spans: Span[], more = {}) =>
  ({
    label: "OP1",
    kind: "operative",
    level: 1,
    spans,
    deletions: [],
    delete: [],
    keep: [],
    ...more,
  }) as RollingClause;
const written = (pieces: Piece[]): string =>
  pieces
    .map((p) =>
      "text" in p
        ? p.text
        : `[${p.empty ?? written(p.inside)}${p.who.length ? `: ${p.who.join(", ")}` : ""}]`,
    )
    .join("");

test("brackets stand between the words, the spaces outside", () => {
  const meet = clause([
    { plain: "to meet" },
    { alternatives: [stands(" annually", "AVR"), would(" every two years", "KEN")] },
    { plain: ";" },
  ]);
  expect(written(bracketed(meet))).toBe("to meet [annually: AVR] [every two years: KEN];");
  expect(taken(meet)).toBe("to meet every two years;");
});

test("what is only added, or only taken away, is said so", () => {
  const added = clause([
    { plain: "to meet" },
    { alternatives: [stands(""), would(" twice", "AVR")] },
  ]);
  expect(written(bracketed(added))).toBe("to meet [twice: AVR]");
  const kept = clause([
    { plain: "to meet" },
    { alternatives: [stands("", "NRM"), would(" twice", "AVR")] },
  ]);
  expect(written(bracketed(kept))).toBe("to meet [twice: AVR] [nothing: NRM]");
  const less = clause([{ alternatives: [stands("very "), would("", "AVR")] }, { plain: "good" }]);
  expect(written(bracketed(less))).toBe("[very] [delete: AVR] good");
  expect(taken(less)).toBe("good");
});

test("a clause that somebody wants deleted stands in brackets as a whole", () => {
  const away = clause([{ plain: "Decides;" }], { deletions: ["p2"], delete: ["NRM"] });
  expect(written(bracketed(away))).toBe("[Decides;] [delete: NRM]");
  expect(taken(away)).toBeUndefined();
});
