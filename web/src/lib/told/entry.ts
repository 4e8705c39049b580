import type { Act, By, EntryView, Target } from "../../api/types.ts";
import { moment } from "../clock.svelte.ts";
import type { Draft } from "../draft.svelte.ts";
import { t, type Key } from "../i18n.ts";
import { kindOf } from "../rules.ts";
import { language, names } from "./names.ts";

type KeyOf<One> = One extends unknown ? keyof One : never;
type Verb = KeyOf<Act>;
type Fields<V extends Verb> = Extract<Act, Record<V, unknown>>[V];
type Known = ReturnType<typeof names>;
type Did = Extract<Key, `did.${string}`> extends `did.${infer Name}` ? Name : never;

/** A sentence: which, and what is filled in beside who did it; then what is said after it. */
type Sentence = [Did, Record<string, unknown>?, (string | undefined)?];
type Phrases = { [V in Verb]: (act: Fields<V>, known: Known) => Sentence };

const onto = (on: Target | undefined, known: Known) =>
  !on ? "" : "clause" in on ? known.clause(on.clause) : known.proposal(on.proposal);

/** Each act as a sentence: a new act is one more line, and the types tell when it is missing. */
const phrases: Phrases = {
  convene: ({ title, paper }, { delegation, group }) =>
    paper
      ? ["convene.paper", { name: title, group: party(paper.of, delegation, group) }]
      : ["convene", { name: title }],
  seat: ({ name, role, entitled }) => [
    entitled ? "seat" : "seat.mute",
    { delegation: name, role: t(`draft.role.${role ?? "delegate"}`) },
  ],
  unseat: (a, known) => ["unseat", { delegation: known.delegation(a.delegation) }],
  form_group: ({ name, members }, known) => [
    "form_group",
    { group: name, delegations: known.delegations(members) },
  ],
  set_rule: ({ rule }) => [
    "set_rule",
    { rule: t(`way.${kindOf(rule.decision ?? "consensus").replaceAll("_", "-")}` as Key) },
  ],
  set_mode: ({ mode }) => [`set_mode.${mode}`],
  propose: ({ proposal, amendment, from }, known) => {
    const told = { proposal: known.proposal(proposal ?? "") };
    const of = from?.of ? party(from.of, known.delegation, known.group) : undefined;
    const after = of ? t("did.from-paper", { group: of }) : undefined;
    if ("replace" in amendment)
      return [
        "propose.replace",
        { ...told, clause: known.clause(amendment.replace.clause) },
        after,
      ];
    if ("delete" in amendment)
      return ["propose.delete", { ...told, clause: known.clause(amendment.delete.clause) }, after];
    if ("move" in amendment) {
      const { clause, after: behind } = amendment.move;
      const where = { ...told, clause: known.clause(clause) };
      return behind
        ? ["propose.move", { ...where, after: known.clause(behind) }, after]
        : ["propose.move-first", where, after];
    }
    const behind = amendment.insert_after.clause;
    return behind
      ? ["propose.insert", { ...told, after: known.clause(behind) }, after]
      : ["propose.insert-first", told, after];
  },
  cosponsor: (a, known) => ["cosponsor", { proposal: known.proposal(a.proposal) }],
  withdraw: (a, known) => ["withdraw", { proposal: known.proposal(a.proposal) }],
  take_position: (a, known) => [`take_position.${a.stance}`, { on: onto(a.on, known) }],
  object: ({ on, alternative }, known) =>
    alternative
      ? ["object.alternative", { on: onto(on, known), proposal: known.proposal(alternative) }]
      : ["take_position.object", { on: onto(on, known) }],
  object_late: (a, known) => ["object_late", { clause: known.clause(a.clause) }],
  grant_late_objection: (a, known) => ["grant_late_objection", { clause: known.clause(a.clause) }],
  lift_objection: (a, known) => ["lift_objection", { on: onto(a.on, known) }],
  set_aside: ({ on, whose }, known) => [
    "set_aside",
    { on: onto(on, known), delegation: party(whose, known.delegation, known.group) },
  ],
  dissociate: ({ on }, known) => (on ? ["dissociate.on", { on: onto(on, known) }] : ["dissociate"]),
  incorporate: (a, known) => ["incorporate", { proposal: known.proposal(a.proposal) }],
  merge_proposals: (a, known) => [
    "merge_proposals",
    { proposals: known.proposals(a.proposals), proposal: known.proposal(a.into) },
  ],
  undo_merge: (a, known) => ["undo_merge", { proposal: known.proposal(a.proposal) }],
  decline: (a, known) => ["decline", { proposal: known.proposal(a.proposal) }],
  call: (a, known) => ["call", { clause: known.clause(a.clause), n: a.present.length }],
  agree: (a, known) => ["agree", { clause: known.clause(a.clause) }],
  agree_ad_ref: (a, known) => [
    "agree_ad_ref",
    { clause: known.clause(a.clause), delegations: known.delegations(a.awaiting) },
  ],
  confirm: (a, known) => ["confirm", { clause: known.clause(a.clause) }],
  package: (a, known) => ["package", { clauses: known.clauses(a.clauses), name: a.name }],
  dissolve_package: ({ name }) => ["dissolve_package", { name }],
  adopt: ({ name }) => ["adopt", { name }],
  open_vote: ({ vote = "", on }, known) => {
    if ("reopen" in on) return ["open_vote.reopen", { vote, on: known.clause(on.reopen) }];
    if ("adopt" in on) return ["open_vote.adopt", { vote, on: on.adopt }];
    return ["open_vote", { vote, on: onto(on, known) }];
  },
  cast_vote: ({ vote, choice }) => [`cast_vote.${choice}`, { vote }],
  close_vote: ({ vote, result }) => [
    "close_vote",
    { vote, result: result ? t(`vote.result.${result}`) : "–" },
  ],
  reopen: (a, known) => ["reopen", { clause: known.clause(a.clause) }],
  open_silence: ({ targets, whole, until, awaiting }, known) => [
    whole ? "open_silence.whole" : "open_silence",
    { clauses: known.clauses((targets ?? []).map(({ clause }) => clause)), until: moment(until) },
    awaiting?.length ? t("did.ad-ref", { delegations: known.delegations(awaiting) }) : undefined,
  ],
  extend_silence: ({ silence, until }) => ["extend_silence", { silence, until: moment(until) }],
  lapse_silence: ({ silence, agreed }, known) => {
    const clauses = Object.keys(agreed ?? {});
    return clauses.length
      ? ["lapse_silence", { silence, clauses: known.clauses(clauses) }]
      : ["lapse_silence.nothing", { silence }];
  },
  seal_version: ({ name }) => ["seal_version", { name }],
  statement: ({ vote, on }, known) =>
    vote
      ? ["statement.vote", { vote }]
      : on
        ? ["statement.on", { on: onto(on, known) }]
        : ["statement"],
  mark_translation: (a, known) => [
    "mark_translation",
    { clause: known.clause(a.clause), language: language(a.language) },
  ],
  recover: ({ attempts }, known) => [
    "recover",
    {
      clauses: known.clauses([...new Set(attempts.map(({ clause }) => clause))]),
      proposals: known.proposals(attempts.map(({ proposal }) => proposal)),
    },
  ],
  register_key: ({ key }) => ["register_key", { key }],
  revoke_key: ({ key }) => ["revoke_key", { key }],
  close: () => ["close"],
};

type Party = { delegation: string } | { group: string };
const party = (of: Party, delegation: Known["delegation"], group: Known["group"]) =>
  "delegation" in of ? delegation(of.delegation) : group(of.group);

/** Who has entered something. */
function doer(by: By, known: Known) {
  if (by === "server") return t("told.server");
  if (by === "secretariat") return t("told.secretariat");
  return known.delegation(by.seat.delegation);
}

/** An entry as a sentence: how the record is read aloud. */
export function entryTold(entry: EntryView, draft: Draft): string {
  const known = names(draft);
  const who = doer(entry.by, known);
  if (entry.withheld) return t("did.withheld");
  if (!entry.act) {
    const places = entry.touched.map(({ place }) => onto(place, known));
    const where = names(draft).clauses([...new Set(places)]);
    return places.length ? t("did.typing", { who, where }) : t("did.typing.nothing", { who });
  }
  const [verb, fields] = Object.entries(entry.act)[0] as [Verb, Fields<Verb>];
  const { as_group } = fields as { as_group?: string | null };
  const group = as_group ? known.group(as_group) : undefined;
  const say = phrases[verb] as (act: Fields<Verb>, known: Known) => Sentence;
  const [key, told, after] = say(fields, known);
  const speaks = group ? t("told.for-group", { who, group }) : who;
  const said = t(`did.${key}`, { ...told, who: speaks });
  return after ? `${said} ${after}` : said;
}
