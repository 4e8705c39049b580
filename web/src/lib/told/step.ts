import type { Step } from "../../api/types.ts";
import { countdown, moment } from "../clock.svelte.ts";
import type { Draft } from "../draft.svelte.ts";
import { t } from "../i18n.ts";
import { motion } from "../votes.ts";
import { language, listed, names } from "./names.ts";

/** A step as a sentence. What is told is what `case` names; the other fields say of what. */
export function stepTold(step: Step, draft: Draft): string {
  const known = names(draft);
  const { clauses = [], proposals = [], until } = step;
  const on = [...clauses.map(known.clause), ...proposals.map(known.proposal)];
  const isOwnCount = step.case === "awaited-own" || step.case === "objecting";
  const said = t(`step.${step.case}`, {
    clauses: known.clauses(clauses),
    proposals: known.proposals(proposals),
    who: known.delegations(step.delegations ?? []),
    on: listed(on),
    until: until ? moment(until) : "",
    left: until ? countdown(until) : "",
    name: step.name ?? "",
    languages: listed((step.languages ?? []).map(language)),
    n: isOwnCount ? clauses.length : (step.count ?? 0),
  });
  if (!step.vote) return said;
  const vote = draft.votes.find(({ id }) => id === step.vote);
  const { kind, what } = vote ? motion(draft, vote) : { kind: undefined, what: "" };
  const named = kind ? `${t(`vote.on.${kind}`, { what })}. ` : "";
  const ends = until ? ` ${t("vote.until", { when: moment(until), left: countdown(until) })}` : "";
  return named + said + ends;
}
