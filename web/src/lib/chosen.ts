import type { RollingClause, Span } from "../api/types.ts";

/** The words of a rolling clause with that proposal taken in and nothing else; without one, those that stand. */
export function chosen(clause: RollingClause, proposal?: string): string {
  return clause.spans.map((span) => choose(span, proposal)).join("");
}

function choose(span: Span, proposal: string | undefined): string {
  if ("plain" in span) return span.plain;
  const all = span.alternatives;
  const wanted = all.find((a) => proposal !== undefined && a.proposals.includes(proposal));
  const spans = (wanted ?? all.find((a) => a.stands))?.spans ?? [];
  return (spans as Span[]).map((inner) => choose(inner, proposal)).join("");
}
