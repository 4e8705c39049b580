import type { ClauseChange, Segment } from "../api/types.ts";

/** A redline to be shown: clauses of which something is different, and runs of others between them. */
export type Shown =
  { kind: "clause"; clause: ClauseChange } | { kind: "same"; clauses: ClauseChange[] };

/** What is as before is gathered, so that what is not stands out. */
export function gathered(clauses: ClauseChange[]): Shown[] {
  const shown: Shown[] = [];
  for (const clause of clauses) {
    if (clause.change !== "unchanged" || clause.moved) shown.push({ kind: "clause", clause });
    else {
      const last = shown.at(-1);
      if (last?.kind === "same") last.clauses.push(clause);
      else shown.push({ kind: "same", clauses: [clause] });
    }
  }
  return shown;
}

/** The words as they were, or as they are. */
export function side(segments: Segment[], which: "old" | "new"): Segment[] {
  const other = which === "old" ? "ins" : "del";
  return segments.filter((segment) => segment.op !== other);
}

/** The number of a clause, with what it was before if that is another. */
export function numbered({ old_label: old, new_label: now }: ClauseChange): string {
  if (old && now && old !== now) return `${old} → ${now}`;
  return now ?? old ?? "";
}
