import type { Act, ClauseView, Decision, Rule, Step } from "../api/types.ts";

/** What the chair can do with a clause, or with the whole, by pressing a button. */
export const deeds = [
  "incorporate",
  "decline",
  "call",
  "silence",
  "agree",
  "reopen",
  "package",
  "seal",
  "adopt",
  "ad-ref",
  "extend",
  "grant",
  "set-aside",
  "merge",
  "dissolve",
  "vote",
  "vote-reopen",
  "vote-adopt",
] as const;
export type Deed = (typeof deeds)[number];

/** What is filled in before it is entered. */
export interface Form {
  present: string[];
  /** The deadline, as a moment in UTC. */
  until: string;
  whole: boolean;
  reason: string;
  name: string;
  /** When a vote closes by itself; empty if the chair closes it. */
  ends: string;
  /** What a vote must reach, if the chair names it. */
  by?: Decision;
  /** How many votes must be cast; the draft's quorum if left open. */
  quorum?: number | null;
  /** Whose confirmation is awaited, or whose objection is set aside. */
  whose: string[];
  /** The proposal that others are merged into. */
  into: string;
}

/** What a deed is done to. */
export interface Subject {
  clauses: string[];
  proposals: string[];
}

/** The exact words that whoever does it has in view: the record refuses it if they are others by now. */
export interface Seen {
  clause: (id: string) => string | undefined;
  proposal: (id: string) => string | undefined;
  /** In every authentic language; none if not all of them are at hand. */
  authentic: (id: string) => Record<string, string> | undefined;
  /** The language negotiated in. */
  language: string;
  /** The silence that runs on a clause, and the package that it stands in. */
  silence: (id: string) => string | undefined;
  package: (id: string) => string | undefined;
}

/** The acts that a deed enters: one, or one for each clause. */
export function acts(deed: Deed, subject: Subject, form: Form, seen: Seen): Act[] {
  const { clauses, proposals } = subject;
  switch (deed) {
    case "call":
      return clauses.map((clause) => ({
        call: { clause, present: form.present, digest: seen.clause(clause) },
      }));
    case "silence": {
      const targets = clauses.map((clause) => ({ clause, digests: seen.authentic(clause) }));
      const awaiting = form.whose.length ? { awaiting: form.whose } : {};
      return [{ open_silence: { targets, until: form.until, whole: form.whole, ...awaiting } }];
    }
    case "agree":
      return clauses.map((clause) => ({ agree: { clause, digests: seen.authentic(clause) } }));
    case "incorporate":
      return proposals.map((proposal) => ({
        incorporate: { proposal, digest: seen.proposal(proposal) },
      }));
    case "decline":
      return proposals.map((proposal) => ({ decline: { proposal, reason: form.reason } }));
    case "reopen":
      return clauses.map((clause) => ({ reopen: { clause, reason: form.reason } }));
    case "package":
      return [{ package: { name: form.name, clauses } }];
    case "seal":
      return [{ seal_version: { name: form.name } }];
    case "adopt":
      return [{ adopt: { name: form.name, present: form.present } }];
    case "ad-ref":
      return clauses.map((clause) => ({
        agree_ad_ref: { clause, awaiting: form.whose, digests: seen.authentic(clause) },
      }));
    case "extend":
      return [
        { extend_silence: { silence: seen.silence(clauses[0] ?? "") ?? "", until: form.until } },
      ];
    case "grant":
      return clauses.map((clause) => ({ grant_late_objection: { clause, reason: form.reason } }));
    case "set-aside":
      return form.whose.map((delegation) => ({
        set_aside: { on: target(subject), whose: { delegation }, reason: form.reason },
      }));
    case "merge": {
      const merged = proposals.filter((id) => id !== form.into);
      return [{ merge_proposals: { proposals: merged, into: form.into, rationale: form.reason } }];
    }
    case "dissolve":
      return [{ dissolve_package: { name: seen.package(clauses[0] ?? "") ?? "" } }];
    case "vote": {
      const [on] = proposals;
      const digest = on ? seen.proposal(on) : undefined;
      const digests = on ? digest && { [seen.language]: digest } : seen.authentic(clauses[0] ?? "");
      return [
        {
          open_vote: {
            on: target(subject),
            ...(digests ? { digests } : {}),
            ...(form.by ? { by: form.by } : {}),
            ...ending(form),
          },
        },
      ];
    }
    case "vote-reopen":
      return clauses.map((clause) => ({
        open_vote: { on: { reopen: clause }, reason: form.reason, ...ending(form) },
      }));
    case "vote-adopt":
      return [{ open_vote: { on: { adopt: form.name }, ...ending(form) } }];
  }
}

const ending = ({ ends, quorum }: Form) => ({
  ...(quorum ? { quorum } : {}),
  ...(ends ? { until: ends } : {}),
});

const target = ({ clauses: [clause], proposals: [proposal] }: Subject) =>
  proposal ? { proposal } : { clause: clause ?? "" };

/** What the rule and the standing of a clause allow besides. */
export function besides(view: ClauseView, rule: Rule): Deed[] {
  const isSettled = ["agreed", "agreed-ad-ref", "deleted"].includes(view.status);
  const isOpen = !isSettled && view.status !== "adopted";
  const byVote = (how: Rule["reopen"]) => typeof how === "object" && how !== null;
  const also: [Deed, boolean | undefined][] = [
    ["ad-ref", isOpen && view.status !== "bracketed"],
    ["extend", !!view.silence],
    ["grant", !!view.late_objections?.length && isSettled],
    ["set-aside", isOpen && rule.decision === "consent" && view.tally.object.length > 0],
    ["dissolve", !!view.package && isOpen],
    ["vote", isOpen && rule.vote !== "never"],
    ["vote-reopen", isSettled && (rule.reopen === undefined || byVote(rule.reopen))],
  ];
  return also.flatMap(([deed, is]) => (is ? [deed] : []));
}

/** What is offered on a clause as it stands. The record has the last word: this only keeps away what cannot be. */
export function offered(view: ClauseView): Deed[] {
  switch (view.status) {
    case "agreed":
    case "agreed-ad-ref":
      return ["reopen"];
    case "adopted":
    case "deleted":
      return [];
    case "ripe":
      return ["agree", "call", "silence", "package"];
    case "in-silence":
      return ["call", "agree"];
    default:
      return ["call", "silence", "agree", "package"];
  }
}

/** What a next step is done by, the best first; nothing where it is to be waited or talked. */
export function doneBy(step: Step): Deed[] {
  switch (step.kind) {
    case "ripe":
      return ["agree"];
    case "adopt":
      return ["adopt"];
    case "take-in":
      return ["incorporate", "decline"];
    case "question":
      return ["call", "silence"];
    default:
      return [];
  }
}

/** What has to be filled in. */
export const asks: Record<Deed, (keyof Form)[]> = {
  call: ["present"],
  silence: ["until", "whole", "whose"],
  agree: [],
  incorporate: [],
  decline: ["reason"],
  reopen: ["reason"],
  package: ["name"],
  seal: ["name"],
  adopt: ["name", "present"],
  "ad-ref": ["whose"],
  extend: ["until"],
  grant: ["reason"],
  "set-aside": ["whose", "reason"],
  merge: ["into", "reason"],
  dissolve: [],
  vote: ["by", "quorum", "ends"],
  "vote-reopen": ["reason", "quorum", "ends"],
  "vote-adopt": ["name", "quorum", "ends"],
};

/** Of what is asked, what may stay as it is. */
export const mayStay = (deed: Deed, field: keyof Form): boolean =>
  ["whole", "ends", "by", "quorum"].includes(field) || (deed === "silence" && field === "whose");

/** How few clauses it can be about; nothing where they are not chosen. */
export const fewest: Partial<Record<Deed, number>> = { package: 2, silence: 1 };

/** A deadline to begin with: the least that the rule grants from now on, up to the next full hour. */
export function deadline(now: number, hours: number): Date {
  const hour = 3_600_000;
  return new Date(Math.ceil((now + hours * hour) / hour) * hour);
}

/** A moment as a field for date and time holds it, in the reader's own zone. */
export function local(moment: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join("-");
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
