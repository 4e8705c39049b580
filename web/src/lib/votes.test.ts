import { beforeAll, expect, test } from "vitest";
import type { VoteView } from "../api/types.ts";
import type { Draft } from "./draft.svelte.ts";
import { awaitsVote, motion, openVotes, roll } from "./votes.ts";
import { speak, speakFully } from "./i18n.ts";

beforeAll(async () => {
  await speak("en");
  await speakFully();
});

const vote = (more: Partial<VoteView>) =>
  ({ id: "v1", on: { clause: "op-1" }, roll: {}, ...more }) as VoteView;
const draft = (votes: VoteView[], me = "AVR") =>
  ({
    votes,
    delegation: me,
    roster: { delegations: { AVR: { entitled: true }, OBS: { entitled: false } } },
    proposals: { p1: { label: "OP1 alt 1" } },
    find: (id: string) => (id === "op-1" ? { text: { label: "OP1" } } : undefined),
  }) as unknown as Draft;

test("a vote awaits who decides and has not voted, seen or unseen", () => {
  const its = (more: Partial<VoteView>, me?: string) => awaitsVote(draft([], me), vote(more));
  expect(its({})).toBe(true);
  expect(its({}, "OBS")).toBe(false);
  expect(its({ roll: { AVR: "for" } })).toBe(false);
  expect(its({ unseen: ["AVR"] })).toBe(false);
  expect(its({ result: "carried" })).toBe(false);
});

test("what is voted on has a name, and what is over is not open", () => {
  const all = [vote({ result: "void" }), vote({ id: "v2", on: { proposal: "p1" } })];
  expect(openVotes(draft(all)).map((v) => v.id)).toEqual(["v2"]);
  expect(motion(draft([]), vote({}))).toEqual({ kind: "clause", what: "OP1" });
  expect(motion(draft([]), vote({ on: { proposal: "p1" } })).what).toBe("OP1 alt 1");
  expect(motion(draft([]), vote({ on: { reopen: "op-9" } }))).toEqual({
    kind: "reopen",
    what: "op-9",
  });
  expect(motion(draft([]), vote({ on: { adopt: "Declaration" } })).what).toBe("Declaration");
});

test("the roll is by choice", () => {
  expect(roll(vote({ roll: { AVR: "for", NRM: "against", TSL: "for" } }))).toEqual([
    { choice: "for", who: ["AVR", "TSL"] },
    { choice: "against", who: ["NRM"] },
    { choice: "abstain", who: [] },
  ]);
});
