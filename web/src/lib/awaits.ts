import type { ClauseView, ProposalView } from "../api/types.ts";
import type { Clause, Draft } from "./draft.svelte.ts";

/** Why a clause awaits a delegation. */
export type Reason = "confirmation" | "silence" | "stale" | "proposal";

export interface Awaiting {
  clause: Clause;
  reason: Reason;
  until?: string;
}

/** The clauses that await the reader's delegation, the pressing first: deadlines, confirmations, new words, proposals. */
export function awaiting(draft: Draft): Awaiting[] {
  const me = draft.delegation;
  if (!me || !draft.roster.delegations[me]?.entitled) return [];
  const all = draft.clauses.flatMap((clause): Awaiting[] => {
    const reason = why(clause.view, draft.proposals, me);
    return reason ? [{ clause, reason, until: clause.view.silence?.until }] : [];
  });
  const order: Reason[] = ["silence", "confirmation", "stale", "proposal"];
  return all.sort((a, b) => order.indexOf(a.reason) - order.indexOf(b.reason));
}

function why(
  view: ClauseView,
  proposals: Record<string, ProposalView>,
  me: string,
): Reason | undefined {
  if (view.awaiting?.includes(me)) return "confirmation";
  if (["agreed", "agreed-ad-ref", "adopted", "deleted"].includes(view.status)) return undefined;
  if (view.silence && view.tally.silent.includes(me)) return "silence";
  if (view.tally.stale.includes(me)) return "stale";
  const waits = (p: ProposalView | undefined) =>
    p && p.by !== me && !p.cosponsors.includes(me) && p.tally.silent.includes(me);
  return view.proposals.some((id) => waits(proposals[id])) ? "proposal" : undefined;
}
