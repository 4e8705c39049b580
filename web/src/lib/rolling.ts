import type { Alternative, RollingClause, Span } from "../api/types.ts";

/** What a rolling text is made of on a screen: words, and brackets that hold the same. */
export type Piece =
  | { text: string }
  | { inside: Piece[]; who: string[]; stands: boolean; empty?: "nothing" | "delete" };

/** How the text of a clause is read: as it stands, with brackets, or as if all that is proposed were taken in. */
export type Reading = "base" | "rolling" | "clean";
export const readings: Reading[] = ["base", "rolling", "clean"];

/** The words with brackets and attributions; the server's `reading.rs` writes the same as one line of text. */
export function bracketed(clause: RollingClause): Piece[] {
  const words = clause.spans.flatMap(pieces);
  if (clause.deletions.length === 0) return words;
  return [
    { inside: words, who: clause.keep, stands: true },
    { text: " " },
    { inside: [], who: clause.delete, stands: false, empty: "delete" },
  ];
}

function pieces(span: Span): Piece[] {
  if ("plain" in span) return [{ text: span.plain }];
  const all = span.alternatives.map((a) => ({ a, text: plain(a.spans) }));
  const edge = (is: (text: string) => boolean) => (all.some(({ text }) => is(text)) ? " " : "");
  const printed = all.filter(({ a }) => !(a.stands && a.spans.length === 0 && a.who.length === 0));
  // That nothing would be added comes last: it has no words to begin with.
  const isNothing = ({ a, text }: { a: Alternative; text: string }) => a.stands && text === "";
  const ordered = [...printed.filter((p) => !isNothing(p)), ...printed.filter(isNothing)];
  const brackets = ordered.flatMap(({ a, text }, n): Piece[] => {
    const isEmpty = text.trim() === "";
    const empty = isEmpty ? (a.stands ? "nothing" : "delete") : undefined;
    const inside = isEmpty ? [] : trimmed(a.spans.flatMap(pieces));
    const bracket: Piece = { inside, who: a.who, stands: a.stands, ...(empty ? { empty } : {}) };
    return n ? [{ text: " " }, bracket] : [bracket];
  });
  const before = edge((t) => t.startsWith(" "));
  const after = edge((t) => t.endsWith(" "));
  return [{ text: before }, ...brackets, { text: after }];
}

function plain(spans: Span[]): string {
  const text = (piece: Piece): string =>
    "text" in piece ? piece.text : `[${piece.inside.map(text).join("")}]`;
  return spans.flatMap(pieces).map(text).join("");
}

/** Spaces at the edges stand outside the brackets. */
function trimmed(inside: Piece[]): Piece[] {
  const out = inside.map((p) => ({ ...p }));
  const [first, last] = [out[0], out.at(-1)];
  if (first && "text" in first) first.text = first.text.replace(/^ +/, "");
  if (last && "text" in last) last.text = last.text.replace(/ +$/, "");
  return out;
}

/** The words as if the first proposal at every place were taken in; none if the clause would not be there. */
export function taken(clause: RollingClause): string | undefined {
  if (clause.deletions.length) return undefined;
  return choose(clause.spans);
}

function choose(spans: Span[]): string {
  return spans
    .map((span) => {
      if ("plain" in span) return span.plain;
      const chosen = span.alternatives.find((a) => !a.stands) ?? span.alternatives[0];
      return choose(chosen?.spans ?? []);
    })
    .join("");
}
