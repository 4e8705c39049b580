import type { Decision, Roster, Rule } from "../../api/types.ts";
import type { Draft } from "../draft.svelte.ts";
import { t, type Key } from "../i18n.ts";
import { covers } from "../roles.ts";
import { kindOf, whole, type Way } from "../rules.ts";
import { language, listed } from "./names.ts";

/** A part of the rules in force: what it is about, and what is to be said of it. */
export interface Section {
  heading: Key;
  sentences: string[];
}

/** Hours that a silence lasts at least where the rule says nothing; `Rule::SILENCE_HOURS` is the same. */
const SILENCE_HOURS = 72;

/** A share as it is said: one half is more than half, any other at least so much. */
export const shareTold = ([of, all]: number[]): string =>
  of && all && of * 2 === all ? t("share.half") : t("share.least", { share: `${of}/${all}` });

/** What a rule, or a procedural one, asks for. */
export function rulingTold(way: Way): string {
  if (typeof way === "string") return t(`way.${way.replaceAll("_", "-")}` as Key);
  if ("consensus_minus" in way) return t("ruling.minus", { n: way.consensus_minus });
  if ("consensus_minus_concerned" in way)
    return t("ruling.concerned", { who: listed(way.consensus_minus_concerned) });
  if ("double_majority" in way) {
    const { delegations, weight } = way.double_majority;
    return t("ruling.double", { delegations: shareTold(delegations), weight: shareTold(weight) });
  }
  return t(`ruling.${way.majority.of}`, { share: shareTold(way.majority.share) });
}

/** When a clause is ripe. */
function ripe(decision: Decision): string {
  if (typeof decision === "string") return t(`ripe.${decision}`);
  if ("consensus_minus" in decision) return t("ripe.minus", { n: decision.consensus_minus });
  if ("consensus_minus_concerned" in decision)
    return t("ripe.concerned", { who: listed(decision.consensus_minus_concerned) });
  if ("double_majority" in decision) {
    const { delegations, weight } = decision.double_majority;
    return t("ripe.double", { delegations: shareTold(delegations), weight: shareTold(weight) });
  }
  const { of, share } = decision.majority;
  return t(`ripe.${of}`, { share: shareTold(share) });
}

/** The delegations that belong to a group, through other groups too. */
export function membersOf({ groups, delegations }: Roster, whole: string): Set<string> {
  const [found, seen, toSee] = [new Set<string>(), new Set<string>(), [whole]];
  for (let code = toSee.pop(); code !== undefined; code = toSee.pop()) {
    if (seen.has(code)) continue;
    seen.add(code);
    const [group, delegation] = [groups[code], delegations[code]];
    if (group) toSee.push(...group.members);
    else if (delegation && !delegation.left) found.add(code);
  }
  return found;
}

function quorum({ roster, summary: { rule } }: Draft): string[] {
  const n = Object.values(roster.delegations).filter((d) => d.entitled && !d.left).length;
  if (!n) return [t("ruled.nobody")];
  const needed = rule.quorum ?? Math.floor(n / 2) + 1;
  const why = t(rule.quorum ? "ruled.quorum-rule" : "ruled.quorum-half");
  return [`${t("ruled.room", { n, quorum: needed })} ${why}`];
}

function agreement(draft: Draft, rule: Rule): string[] {
  const settled = ["agreed", "adopted"];
  const waiting = draft.clauses.filter(({ view }) => !settled.includes(view.status));
  const open = [...new Set(waiting.flatMap(({ view }) => view.package ?? []))].sort();
  return [
    t(rule.nothing_agreed ? "ruled.nothing" : "ruled.each"),
    ...(open.length ? [t("ruled.packages", { names: listed(open) })] : []),
    t("ruled.locked"),
  ];
}

const byVote = (way: Way, chair: Key, vote: Key): string =>
  way === "chair" ? t(chair) : t(vote, { rule: rulingTold(way) });

function languages({ summary: { authentic, working }, negotiated }: Draft): string[] {
  const names = (all: string[]) => listed(all.map(language));
  return [
    t("ruled.negotiated", { language: language(negotiated) }),
    ...(authentic.length > 1 ? [t("ruled.authentic", { languages: names(authentic) })] : []),
    ...(working?.length ? [t("ruled.working", { languages: names(working) })] : []),
  ];
}

function groups({ roster }: Draft): string[] {
  const all = Object.entries(roster.groups);
  if (!all.length) return [t("ruled.groupless")];
  const told = all.map(([group, { spokesperson }]) => {
    const n = membersOf(roster, group).size;
    return spokesperson
      ? t("ruled.speaks", { who: spokesperson, group, n })
      : t("ruled.speechless", { group, n });
  });
  return [...told, t("ruled.heard")];
}

/** What the reader may do, as the roster stands. */
function rights(draft: Draft): string[] {
  const { me, roster, summary } = draft;
  if (summary.closed) return [t("yours.closed")];
  if (draft.clauses.some(({ view }) => view.status === "adopted")) return [t("yours.adopted")];
  if (!me.seat) return [t("yours.secretariat")];
  const { delegation: who, role } = me.seat;
  const sitting = roster.delegations[who];
  if (!sitting || sitting.left) return [t("yours.unseated", { who })];
  const named = (as: typeof role) => t(`role.${as}`);
  if (!covers[sitting.role].includes(role))
    return [t("yours.mismatch", { who, role: named(sitting.role), own: named(role) })];
  const told = [t("yours.acts", { who, role: named(role) }), t(`yours.${role}`)];
  if (role === "observer" || role === "archivist") return told;
  if (summary.mode === "open" && role === "delegate") told.push(t("yours.types"));
  told.push(
    sitting.entitled
      ? t("yours.decides", { who, weight: sitting.weight })
      : t("yours.mute", { who }),
  );
  const all = Object.entries(roster.groups);
  const spoken = all.filter(([, group]) => group.spokesperson === who).map(([code]) => code);
  if (spoken.length) told.push(t("yours.speaks", { groups: listed(spoken) }));
  const within = all.map(([code]) => code).filter((code) => membersOf(roster, code).has(who));
  if (roster.dissociated?.includes(who)) told.push(t("yours.alone"));
  else if (within.length) told.push(t("yours.through", { groups: listed(within) }));
  return told;
}

/**
 * The rules in force, in words of the page's language, and what the reader may do under them: what
 * `plenary help procedure` says in English.
 */
export function procedure(draft: Draft): Section[] {
  const rule = whole(draft.summary.rule);
  const decision = rule.decision;
  const vote = kindOf(rule.vote as Way) as "named" | "never" | "majority";
  return [
    {
      heading: "ruled.decided",
      sentences: [
        t("ruled.by", { rule: rulingTold(decision) }),
        ripe(decision),
        t("ruled.exact"),
        t("ruled.declared"),
      ],
    },
    { heading: "ruled.quorum", sentences: quorum(draft) },
    {
      heading: "ruled.silence",
      sentences: [
        t("ruled.circulates", { hours: rule.silence_hours ?? SILENCE_HOURS }),
        t("ruled.consents"),
        t("ruled.late"),
      ],
    },
    {
      heading: "ruled.writes",
      sentences: [t(`ruled.mode.${draft.summary.mode}`), t("ruled.kept")],
    },
    { heading: "ruled.agreement", sentences: agreement(draft, rule) },
    {
      heading: "ruled.reopening",
      sentences: [
        byVote(rule.reopen, "ruled.reopen-chair", "ruled.reopen-vote"),
        t("ruled.reopen-ends"),
      ],
    },
    {
      heading: "ruled.adoption",
      sentences: [byVote(rule.adopt, "ruled.adopt-chair", "ruled.adopt-vote")],
    },
    {
      heading: "ruled.votes",
      sentences: [
        t(`ruled.vote.${vote}`, { rule: vote === "majority" ? rulingTold(rule.vote as Way) : "" }),
        t(`ruled.seen.${rule.show_votes}`),
      ],
    },
    { heading: "ruled.languages", sentences: languages(draft) },
    { heading: "ruled.groups", sentences: groups(draft) },
    { heading: "ruled.you", sentences: rights(draft) },
  ];
}
