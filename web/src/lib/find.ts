import type { Clause } from "./draft.svelte.ts";

const folded = (text: string) => text.normalize("NFKC").toLocaleLowerCase();

/** The clause of that number: `12` is OP12, `pp3`, `op 12 (b)`. */
export function byNumber(clauses: Clause[], written: string): Clause | undefined {
  const wanted = folded(written).replace(/[\s.]+/g, "");
  if (!wanted) return undefined;
  const label = (clause: Clause) => folded(clause.text.label).replace(/[\s.]+/g, "");
  return (
    clauses.find((clause) => label(clause) === wanted) ??
    clauses.find((clause) => label(clause) === `op${wanted}`)
  );
}

/** The clauses in which the words stand, in that language. */
export function byWords(clauses: Clause[], words: string, language: string): Clause[] {
  const wanted = folded(words.trim());
  if (!wanted) return clauses;
  return clauses.filter(({ text }) =>
    folded(text.text[language] || Object.values(text.text)[0] || "").includes(wanted),
  );
}
