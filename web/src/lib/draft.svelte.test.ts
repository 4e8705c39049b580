import { expect, test } from "vitest";
import type {
  ClauseText,
  ClauseView,
  EntryView,
  News,
  ProposalView,
  RollingClause,
  Screen,
} from "../api/types.ts";
import { Draft } from "./draft.svelte.ts";

const text = (id: string, words: string) =>
  ({
    id,
    digests: {},
    label: id.toUpperCase(),
    kind: "operative",
    level: 1,
    text: { en: words },
  }) as ClauseText;
const view = (id: string, status: ClauseView["status"] = "open") =>
  ({ id, status, proposals: [] as string[] }) as ClauseView;

function screen(): Screen {
  return {
    draft: { id: "d", authentic: ["en"], working: [] },
    text: { seq: 5, clauses: [text("a", "one"), text("b", "two")] },
    status: { clauses: [view("a"), view("b", "agreed")], proposals: [] },
    rolling: { seq: 5, language: "en", clauses: [] },
    me: { secretariat: false },
  } as unknown as Screen;
}

const news = (seq: number, more: Partial<News>): News => ({
  after: seq - 1,
  seq,
  heads: [],
  entries: [],
  clauses: [],
  status: [],
  proposals: [],
  ...more,
});

test("an event changes what it tells of, and nothing else", () => {
  const draft = new Draft(screen());
  const before = draft.clauses;
  draft.apply(news(6, { clauses: [text("a", "three")], status: [view("a", "bracketed")] }));
  expect(draft.clauses[0]?.text.text.en).toBe("three");
  expect(draft.clauses[0]?.view.status).toBe("bracketed");
  expect(draft.clauses[1]).toBe(before[1]);
  expect(draft.counts).toEqual({ bracketed: 1, agreed: 1 });
  expect(draft.isBehind).toBe(false);
});

test("what is known already changes nothing", () => {
  const draft = new Draft(screen());
  draft.apply(news(5, { status: [view("a", "agreed")] }));
  expect(draft.clauses[0]?.view.status).toBe("open");
});

test("a new clause, or an act that may move clauses, asks for the whole anew", () => {
  const added = new Draft(screen());
  added.apply(news(6, { clauses: [text("c", "new")] }));
  expect(added.isBehind).toBe(true);
  const moved = new Draft(screen());
  const entry = { seq: 6, act: { incorporate: { proposal: "p1" } } } as unknown as EntryView;
  moved.apply(news(6, { entries: [entry] }));
  expect(moved.isBehind).toBe(true);
});

const on = (clause: string) => ({ clause, spans: [], deletions: [] }) as unknown as RollingClause;
const inserted = (proposal: string) => ({ proposal, spans: [] }) as unknown as RollingClause;
const proposal = (id: string, amendment: object) => ({ id, amendment }) as ProposalView;

test("of what is proposed, only what an event concerns is asked for, and only that is replaced", () => {
  const draft = new Draft(screen());
  draft.roll({ seq: 5, language: "en", clauses: [on("b")] });
  const before = draft.clauses;
  const told = news(6, {
    status: [view("a", "bracketed")],
    proposals: [proposal("p1", { replace: { clause: "a" } })],
  });
  draft.apply(told);
  expect(draft.bracketedBy(told)).toEqual(["a"]);
  draft.roll({ seq: 6, language: "en", clauses: [on("a")] }, ["a"]);
  expect(draft.rolling.clauses.map((c) => c.clause)).toEqual(["b", "a"]);
  expect(draft.clauses[1]).toBe(before[1]);
  // Nothing is proposed on it any more.
  draft.roll({ seq: 7, language: "en", clauses: [] }, ["a"]);
  expect(draft.clauses.map((c) => c.rolling?.clause)).toEqual([undefined, "b"]);
  expect(draft.bracketedBy(news(8, { status: [view("a", "agreed")] }))).toEqual([]);
});

test("what is inserted is asked for together, as it is numbered together", () => {
  const draft = new Draft(screen());
  const insert = (id: string) => proposal(id, { insert_after: { clause: "a" } });
  draft.apply(news(6, { proposals: [insert("p1")] }));
  draft.roll({ seq: 6, language: "en", clauses: [inserted("p1")] });
  const told = news(7, { proposals: [insert("p2")] });
  draft.apply(told);
  expect(draft.bracketedBy(told)).toEqual(["p2", "p1"]);
});

test("a roll that is seen from now on takes the place of the one that was not", () => {
  const draft = new Draft(screen());
  const vote = (id: string, more = {}) => ({ id, roll: {}, unseen: ["MRD"], ...more }) as never;
  draft.see([vote("v1"), vote("v2")]);
  draft.see([vote("v1", { roll: { MRD: "against" }, unseen: [] })]);
  expect(draft.votes.map(({ id, roll, unseen }) => ({ id, roll, unseen }))).toEqual([
    { id: "v1", roll: { MRD: "against" }, unseen: [] },
    { id: "v2", roll: {}, unseen: ["MRD"] },
  ]);
});
