import type { Act, ProposalView, Target } from "../api/types.ts";
import type { Clause, Draft } from "../lib/draft.svelte.ts";

/** What an act would be about. */
export interface Spot {
  draft: Draft;
  clause: Clause;
  /** Set if it is about a proposal on the clause. */
  proposal?: ProposalView;
  /** Set if it is to be said for a group. */
  group?: string;
}

/**
 * An act as something one can do at a spot. To add one: write `src/acts/<verb>.ts` with its form as default export, and its
 * name in the messages (`act.<name>`).
 */
export interface Form {
  name: string;
  /** Where it stands among the others, from the front. */
  order: number;
  /** Whether it is one of the positions, which stand together. */
  isPosition?: boolean;
  /** Whether it is offered here. What is offered may still be refused: the rules are the server's. */
  fits(spot: Spot): boolean;
  /** Whether it can be said for a group. */
  forGroup?: boolean;
  /** Whether words go with it. */
  reason?: "needed" | "welcome";
  act(spot: Spot, reason: string): Act;
}

/** The clause or the proposal. */
export const target = ({ clause, proposal }: Spot): Target =>
  proposal ? { proposal: proposal.id } : { clause: clause.id };

/** The exact text that is spoken of. */
export const digest = ({ clause, proposal }: Spot): string =>
  proposal ? proposal.digest : clause.view.digest;

/** In whose name, for an act that can be for a group. */
export const inName = ({ group }: Spot) => (group ? { as_group: group } : {});

/** The groups that the reader's delegation speaks for. */
export function spokenFor({ draft }: Spot): string[] {
  const groups = Object.entries(draft.roster.groups);
  return groups.flatMap(([code, group]) =>
    draft.delegation && group.spokesperson === draft.delegation ? [code] : [],
  );
}

/** Whether the reader's delegation takes part in decisions. */
export function hasVoice({ draft }: Spot): boolean {
  const seat = draft.me.seat;
  if (!seat || seat.role === "observer" || seat.role === "archivist") return false;
  return !!draft.roster.delegations[seat.delegation]?.entitled;
}

/** Whether the clause is still to be settled. */
export const isUnsettled = ({ clause }: Spot): boolean =>
  !["agreed", "agreed-ad-ref", "adopted", "deleted"].includes(clause.view.status);

/** Where the reader's delegation stands there, or the group that it speaks for, if it has said so. */
export function stance({ draft, clause, proposal, group }: Spot) {
  const me = group ?? draft.delegation;
  const view = proposal ?? clause.view;
  const positions = group ? (view.group_positions ?? {}) : view.positions;
  const position = me ? positions[me] : undefined;
  return position && position.digest === (proposal ?? clause.view).digest
    ? position.stance
    : position?.stance === "object"
      ? "object"
      : undefined;
}
