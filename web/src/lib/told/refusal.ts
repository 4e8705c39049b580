import type { Problem } from "../../api/types.ts";
import { moment } from "../clock.svelte.ts";
import { speakMore, t, type Key } from "../i18n.ts";
import { names } from "./names.ts";

type Code = Problem["code"];
type Own = Extract<Key, `no.${string}`> extends `no.${infer Name}` ? Name : never;

/** Codes that say the same to who reads a page: only programs tell them apart. */
const alike = {
  "actor-forked": "page",
  alone: "page",
  "already-there": "page",
  "damaged-change": "page",
  "does-not-follow": "page",
  "forged-actor": "page",
  "key-reused": "page",
  malformed: "page",
  "malformed-field": "page",
  "malformed-lifetime": "page",
  "method-not-allowed": "page",
  "not-json": "page",
  "not-text": "page",
  "not-yours-to-submit": "page",
  "other-words": "page",
  "text-with-deletion": "page",
  "text-with-move": "page",
  "unknown-address": "page",
  "unknown-base": "page",
  "unknown-format": "page",
  "unknown-place": "page",
  "use-object": "page",
  "wrong-draft": "page",
  "wrong-origin": "page",
  "unknown-clause": "nothing-there",
  "unknown-delegation": "nothing-there",
  "unknown-group": "nothing-there",
  "unknown-language": "nothing-there",
  "unknown-member": "nothing-there",
  "unknown-moment": "nothing-there",
  "unknown-package": "nothing-there",
  "unknown-paper": "nothing-there",
  "unknown-proposal": "nothing-there",
  "unknown-seat": "nothing-there",
  "unknown-silence": "nothing-there",
  "unknown-vote": "nothing-there",
  "no-token": "seat",
  "seat-expired": "seat",
  "seat-revoked": "seat",
  "signed-out": "seat",
  "unknown-ticket": "seat",
  "unknown-token": "seat",
  busy: "later",
  "press-busy": "later",
  stopping: "later",
  "storage-failed": "later",
  "too-many-connections": "later",
  "too-many-streams": "later",
  "too-slow": "later",
  damaged: "damaged",
  "draft-damaged": "damaged",
  "language-twice": "twice",
  "member-twice": "twice",
  "named-twice": "twice",
  "limit-reached": "limit",
  "too-many-drafts": "limit",
  "text-too-long": "too-long",
  "too-large": "too-long",
  "note-needed": "reason",
  "reason-needed": "reason",
  "already-convened": "already",
  "already-dissociated": "already",
  "already-sponsor": "already",
  "not-for-this-draft": "paper",
  "paper-of-paper": "paper",
  "not-a-source": "translation",
  "not-a-translation": "translation",
  "nothing-to-circulate": "nothing-to-do-it-to",
  "nothing-to-merge": "nothing-to-do-it-to",
  "answers-unknown": "signing",
  "key-not-registered": "signing",
  "key-registered": "signing",
  "key-unusable": "signing",
  "not-yours-to-sign": "signing",
  "signature-missing": "signing",
  "signature-wrong": "signing",
  "signed-before": "signing",
  "signed-for-another": "signing",
  "signed-otherwise": "signing",
  "statement-malformed": "signing",
  "changes-of-one-text": "export",
  "no-press": "export",
  "no-table": "export",
  "not-adopted": "export",
  "not-cosigned": "page",
  "structure-is-the-pen-holders": "structure",
  "vote-ended": "vote-closed",
} as const satisfies Partial<Record<Code, Own>>;

/** A code that has neither a message of its own nor one of those does not pass this line. */
type Missing = Exclude<Code, keyof typeof alike | Own>;
export const isWhole: [Missing] extends [never] ? true : Missing = true;

/** The message of a code. */
export const keyOf = (code: Code): Key =>
  `no.${code in alike ? alike[code as keyof typeof alike] : (code as Own)}`;

/** What happened, and what to do. */
export async function phrase({ code, detail, about = {} }: Problem): Promise<[string, string]> {
  await speakMore("told");
  const known = names();
  const one = (name: string) => String(about[name] ?? "");
  const many = (name: string) => [about[name] ?? []].flat().map(String);
  const said = t(keyOf(code), {
    clause: known.clause(one("clause")),
    proposal: known.proposal(one("proposal")),
    delegation: known.delegation(one("delegation")),
    group: known.group(one("group")),
    name: one("name"),
    hours: about["hours"],
    until: about["until"] ? moment(one("until")) : "",
    clauses: known.clauses(many("clauses")),
    proposals: known.proposals(many("proposals")),
    delegations: known.delegations(many("delegations")),
    n: many("delegations").length,
  });
  const [what = said, hint = ""] = said.split("\n");
  // Where and why a text cannot be read is only told in the words of whoever read it: set apart, as they are English.
  if (code === "malformed-markdown") return [what, `${hint} \u2068${detail}\u2069`];
  return [what, hint];
}
