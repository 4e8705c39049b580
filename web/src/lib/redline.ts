import { diffArrays } from "diff";

/** A stretch of words, and what became of it. */
export interface Segment {
  op: "same" | "ins" | "del";
  text: string;
}

/** Words that differ at most; the work grows with their square. */
const MOST = 2000;

const splitters = new Map<string, Intl.Segmenter>();

/** Words as the language has them: Chinese needs no spaces. */
function split(text: string, language: string): string[] {
  let splitter = splitters.get(language);
  if (!splitter) {
    splitter = new Intl.Segmenter(language, { granularity: "word" });
    splitters.set(language, splitter);
  }
  return [...splitter.segment(text)].map((part) => part.segment);
}

/** The words of two wordings: what stayed, what went, what came. */
export function redline(old: string, now: string, language: string): Segment[] {
  const [before, after] = [split(old, language), split(now, language)];
  const parts = diffArrays(before, after, { maxEditLength: MOST });
  // Two texts that have nothing to do with each other: not worth the time to compare them.
  if (!parts)
    return [
      { op: "del" as const, text: old },
      { op: "ins" as const, text: now },
    ];
  return parts.map((part) => ({
    op: part.added ? "ins" : part.removed ? "del" : "same",
    text: part.value.join(""),
  }));
}
