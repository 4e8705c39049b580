import { diffArrays } from "diff";

/** A stretch of words, and what became of it. */
export interface Segment {
  op: "same" | "ins" | "del";
  text: string;
}

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
  return diffArrays(split(old, language), split(now, language)).map((part) => ({
    op: part.added ? "ins" : part.removed ? "del" : "same",
    text: part.value.join(""),
  }));
}
