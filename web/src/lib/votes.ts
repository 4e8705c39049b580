import { labelled } from "./labels.ts";
import type { VoteView } from "../api/types.ts";
import type { Draft } from "./draft.svelte.ts";

export type Choice = "for" | "against" | "abstain";
export const choices: Choice[] = ["for", "against", "abstain"];

/** The votes that are going on. */
export const openVotes = (draft: Draft): VoteView[] => draft.votes.filter((vote) => !vote.result);

/** Whether the reader's delegation votes, and has not yet. Where its vote is not shown, that it has voted is. */
export function awaitsVote(draft: Draft, vote: VoteView): boolean {
  const me = draft.delegation;
  if (!me || !draft.roster.delegations[me]?.entitled || vote.result) return false;
  return !(me in vote.roll) && !vote.unseen?.includes(me);
}

/** What is voted on: what kind of motion, and the number or name that says on what. */
export function motion(draft: Draft, { on }: VoteView): { kind: Motion; what: string } {
  if ("adopt" in on) return { kind: "adopt", what: on.adopt };
  if ("proposal" in on)
    return { kind: "proposal", what: labelled(draft.proposals[on.proposal]?.label ?? on.proposal) };
  const [kind, clause] =
    "reopen" in on ? (["reopen", on.reopen] as const) : (["clause", on.clause] as const);
  return { kind, what: labelled(draft.find(clause)?.text.label ?? clause) };
}
type Motion = "clause" | "proposal" | "reopen" | "adopt";

/** The roll as it is seen: who voted how, and of whom only that they did. */
export function roll(vote: VoteView): { choice: Choice; who: string[] }[] {
  return choices.map((choice) => ({
    choice,
    who: Object.entries(vote.roll).flatMap(([who, how]) => (how === choice ? [who] : [])),
  }));
}
