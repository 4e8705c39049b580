import { expect, test } from "vitest";
import type { ClauseView, Rule, Step } from "../api/types.ts";
import { acts, besides, deadline, doneBy, local, offered, type Form, type Seen } from "./deeds.ts";

const form: Form = {
  present: ["AVR", "NRM"],
  until: "2026-03-01T12:00:00Z",
  whole: true,
  reason: "Later.",
  name: "Finance",
  ends: "",
  whose: ["NRM"],
  into: "p2",
};
const seen: Seen = {
  clause: (id) => `clause ${id}`,
  proposal: (id) => `proposal ${id}`,
  authentic: (id) => ({ en: `clause ${id}` }),
  language: "en",
  silence: (id) => `silence on ${id}`,
  package: () => "Finance",
};
const on = { clauses: ["a", "b"], proposals: ["p1"] };

test("every act names the words that were in view", () => {
  expect(acts("call", on, form, seen)).toEqual([
    { call: { clause: "a", present: ["AVR", "NRM"], digest: "clause a" } },
    { call: { clause: "b", present: ["AVR", "NRM"], digest: "clause b" } },
  ]);
  expect(acts("incorporate", on, form, seen)).toEqual([
    { incorporate: { proposal: "p1", digest: "proposal p1" } },
  ]);
  expect(acts("agree", { ...on, clauses: ["a"] }, form, seen)).toEqual([
    { agree: { clause: "a", digests: { en: "clause a" } } },
  ]);
});

test("several clauses are circulated in one procedure, and packaged in one package", () => {
  const silence = acts("silence", on, { ...form, whose: [] }, seen);
  expect(silence).toHaveLength(1);
  const targets = ["a", "b"].map((clause) => ({ clause, digests: { en: `clause ${clause}` } }));
  expect(silence).toEqual([{ open_silence: { targets, whole: true, until: form.until } }]);
  // What nobody breaks may be subject to a confirmation.
  expect(acts("silence", on, form, seen)[0]).toMatchObject({ open_silence: { awaiting: ["NRM"] } });
  expect(acts("package", on, form, seen)).toEqual([
    { package: { name: "Finance", clauses: ["a", "b"] } },
  ]);
});

test("what cannot be is not offered", () => {
  const at = (status: ClauseView["status"]) => offered({ status } as ClauseView);
  expect(at("agreed")).toEqual(["reopen"]);
  expect(at("adopted")).toEqual([]);
  expect(at("ripe")[0]).toBe("agree");
  expect(at("open")).not.toContain("reopen");
});

test("a step that is a word of the chair's is one press away, and the others are not", () => {
  const by = (kind: Step["kind"]) => doneBy({ kind } as Step);
  expect(by("ripe")).toEqual(["agree"]);
  expect(by("question")).toEqual(["call", "silence"]);
  expect(by("await")).toEqual([]);
});

test("the deadline begins at a full hour, and not before the rule allows it", () => {
  const now = Date.UTC(2026, 0, 1, 10, 20);
  expect(deadline(now, 72).toISOString()).toBe("2026-01-04T11:00:00.000Z");
  expect(new Date(local(deadline(now, 72))).toISOString()).toBe("2026-01-04T11:00:00.000Z");
});

test("what is put to a vote is named with its words, and closes by itself only if that is said", () => {
  expect(acts("vote", { clauses: ["a"], proposals: [] }, form, seen)).toEqual([
    { open_vote: { on: { clause: "a" }, digests: { en: "clause a" } } },
  ]);
  expect(acts("vote", { clauses: ["a"], proposals: ["p1"] }, form, seen)).toEqual([
    { open_vote: { on: { proposal: "p1" }, digests: { en: "proposal p1" } } },
  ]);
  const by = { majority: { of: "members" as const, share: [2, 3] } };
  expect(
    acts("vote", { clauses: ["a"], proposals: [] }, { ...form, by, quorum: 5 }, seen),
  ).toMatchObject([{ open_vote: { by, quorum: 5 } }]);
  // What asks for a majority of its own in the rule is not asked for another.
  expect(acts("vote-reopen", { clauses: ["a"], proposals: [] }, { ...form, by }, seen)).toEqual([
    { open_vote: { on: { reopen: "a" }, reason: "Later." } },
  ]);
  const ends = "2026-03-01T12:00:00Z";
  expect(acts("vote-adopt", { clauses: [], proposals: [] }, { ...form, ends }, seen)).toEqual([
    { open_vote: { on: { adopt: "Finance" }, until: ends } },
  ]);
});

test("proposals are merged into the one that stays, and an objection is set aside where it stands", () => {
  const two = { clauses: ["a"], proposals: ["p1", "p2"] };
  expect(acts("merge", two, form, seen)).toEqual([
    { merge_proposals: { proposals: ["p1"], into: "p2", rationale: "Later." } },
  ]);
  expect(acts("set-aside", { clauses: ["a"], proposals: [] }, form, seen)).toEqual([
    { set_aside: { on: { clause: "a" }, whose: { delegation: "NRM" }, reason: "Later." } },
  ]);
});

test("besides, there is offered what the rule and the standing allow", () => {
  const view = (more: object) =>
    ({ status: "open", tally: { object: [] }, ...more }) as unknown as ClauseView;
  const rule = (more: object = {}) => ({ vote: "named", ...more }) as Rule;
  expect(besides(view({}), rule())).toEqual(["ad-ref", "vote"]);
  expect(besides(view({}), rule({ vote: "never" }))).toEqual(["ad-ref"]);
  const late = { status: "agreed", late_objections: [{}] };
  expect(besides(view(late), rule({ reopen: "chair" }))).toEqual(["grant"]);
  expect(besides(view({ status: "agreed" }), rule())).toEqual(["vote-reopen"]);
  const contested = { status: "bracketed", tally: { object: ["NRM"] } };
  expect(besides(view(contested), rule({ decision: "consent" }))).toEqual(["set-aside", "vote"]);
  expect(besides(view({ status: "adopted" }), rule())).toEqual([]);
});
