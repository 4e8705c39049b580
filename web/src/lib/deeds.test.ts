import { expect, test } from "vitest";
import type { ClauseView, Step } from "../api/types.ts";
import { acts, deadline, doneBy, local, offered, type Form, type Seen } from "./deeds.ts";

const form: Form = {
  present: ["AVR", "NRM"],
  until: "2026-03-01T12:00:00Z",
  whole: true,
  reason: "Later.",
  name: "Finance",
};
const seen: Seen = {
  clause: (id) => `clause ${id}`,
  proposal: (id) => `proposal ${id}`,
  authentic: (id) => ({ en: `clause ${id}` }),
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
  const silence = acts("silence", on, form, seen);
  expect(silence).toHaveLength(1);
  expect(silence[0]).toMatchObject({ open_silence: { whole: true, until: form.until } });
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
