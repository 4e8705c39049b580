import { beforeAll, expect, test } from "vitest";
import type { Rule, Screen } from "../../api/types.ts";
import { Draft } from "../draft.svelte.ts";
import { speak, speakMore } from "../i18n.ts";
import { membersOf, procedure, rulingTold, shareTold } from "./procedure.ts";

beforeAll(async () => {
  await speak("en");
  await speakMore("desk");
  await speakMore("told");
});

const delegation = (name: string, more = {}) => ({
  ...{ name, role: "delegate", entitled: true, weight: 1, languages: [], left: false },
  ...more,
});
function draft(rule: Rule = {} as Rule, role = "delegate", more = {}): Draft {
  return new Draft({
    draft: { rule, authentic: ["en", "fr"], working: ["ar"], mode: "open", title: "A", ...more },
    me: { secretariat: false, seat: { delegation: "AVR", role } },
    roster: {
      delegations: {
        AVR: delegation("Averland", { weight: 3 }),
        MRD: delegation("Meridia"),
        KLM: delegation("Kalmar", { left: true }),
        CHAIR: delegation("Chair", { role: "facilitator", entitled: false }),
      },
      groups: {
        ISL: { name: "Islands", members: ["MRD", "KLM"], spokesperson: "AVR" },
        SEA: { name: "Seas", members: ["ISL", "AVR"] },
      },
    },
    status: { clauses: [], proposals: [] },
    text: { clauses: [], seq: 1, heads: [] },
    rolling: { clauses: [], language: "en" },
  } as unknown as Screen);
}
const told = (of: Draft) => procedure(of).flatMap(({ sentences }) => sentences);

test("one half is more than half, and any other share at least so much", () => {
  expect(shareTold([1, 2])).toBe("more than half");
  expect(shareTold([2, 3])).toBe("at least 2/3");
});

test("every rule is told with what belongs to it", () => {
  const share = [2, 3];
  for (const [way, says] of [
    ["unanimity", "unanimity"],
    [{ consensus_minus: 2 }, "consensus, with at most 2 objecting"],
    [{ consensus_minus_concerned: ["VLS", "KDV"] }, "consensus but for VLS and KDV"],
    [{ majority: { of: "members", share } }, "at least 2/3 of all who may decide"],
    [
      { double_majority: { delegations: [1, 2], weight: share } },
      "more than half of all who may decide, with at least 2/3 of the weight",
    ],
  ] as const)
    expect(rulingTold(way as never)).toBe(says);
});

test("who belongs to a group through another is counted, and who has left is not", () => {
  expect([...membersOf(draft().roster, "SEA")].sort()).toEqual(["AVR", "MRD"]);
});

test("the rules in force are told as they stand, with what the reader may do", () => {
  const all = told(draft({ silence_hours: 5, reopen: "chair" } as Rule));
  expect(all).toContain(
    "2 delegations may decide. When the question is put, 2 of them must be in the room. That is more than half of them.",
  );
  expect(all).toContain(
    "The chair may circulate exact words with a deadline, 5 hours away or more.",
  );
  expect(all).toContain("The chair reopens an agreed or deleted clause, with a reason.");
  expect(all).toContain("AVR speaks for ISL (1 delegation).");
  expect(all).toContain("Nobody speaks for SEA (2 delegations).");
  expect(all).toContain("You also type into clauses that are not agreed.");
  expect(all).toContain(
    "AVR may decide: its positions count, with a weight of 3 where weights do.",
  );
  expect(all).toContain("You speak for ISL.");
  expect(all).toContain("Where you say nothing yourself, you are heard through SEA.");
  expect(all.filter((sentence) => /^[a-z]+\.|\{|undefined/.test(sentence))).toEqual([]);
});

test("a seat of another kind than its delegation's is told that nothing of it is taken in", () => {
  expect(told(draft({} as Rule, "facilitator")).at(-1)).toMatch(/^AVR sits here as delegate/);
  expect(told(draft({} as Rule, "observer")).at(-1)).toBe("You read.");
  expect(told(draft({} as Rule, "delegate", { closed: true })).at(-1)).toMatch(
    /^The draft is closed/,
  );
});
