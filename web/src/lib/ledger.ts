import type { MergeView } from "../api/types.ts";

/**
 * Whether that delegation may take it back, as far as the line tells: one of the sponsors, once. A version that was sealed
 * since forbids it too, and the refusal says so.
 */
export const mayUndo = (line: MergeView, delegation: string | undefined): boolean =>
  line.state.is !== "undone" && !!delegation && line.parties.includes(delegation);

/** The lines of the proposals on a clause: those that go, and that which remains, may be known of it. */
export function linesOf(lines: MergeView[], onClause: Set<string>): MergeView[] {
  return lines.filter(
    (line) => line.state.is !== "undone" && (onClause.has(line.into) || onClause.has(line.source)),
  );
}
