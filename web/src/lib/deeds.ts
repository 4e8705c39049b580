import type { Act, ClauseView, Step } from "../api/types.ts";

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
      return [{ open_silence: { targets, until: form.until, whole: form.whole } }];
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
  }
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
  silence: ["until", "whole"],
  agree: [],
  incorporate: [],
  decline: ["reason"],
  reopen: ["reason"],
  package: ["name"],
  seal: ["name"],
  adopt: ["name", "present"],
};

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
