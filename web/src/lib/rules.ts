import type { Rule } from "../api/types.ts";

/** A way to decide: a word, or one with what belongs to it. */
export type Way = NonNullable<Rule["decision"] | Rule["reopen"] | Rule["vote"]> | "usual";

/** What way it is, by its name. */
export const kindOf = (way: Way): string =>
  typeof way === "string" ? way : (Object.keys(way)[0] ?? "");

/** A share as it is written: `2/3`. */
export function share(written: string): [number, number] | undefined {
  const found = /^\s*(\d{1,4})\s*\/\s*(\d{1,4})\s*$/.exec(written);
  if (!found) return undefined;
  const [a, b] = [Number(found[1]), Number(found[2])];
  return a > 0 && b > 0 && a <= b ? [a, b] : undefined;
}

/** That way, begun with what is usual. */
export function begun(kind: string): Way {
  if (kind === "majority") return { majority: { of: "present", share: [1, 2] } };
  if (kind === "double_majority")
    return { double_majority: { delegations: [11, 20], weight: [13, 20] } };
  if (kind === "consensus_minus") return { consensus_minus: 1 };
  if (kind === "consensus_minus_concerned") return { consensus_minus_concerned: [] };
  return kind as Way;
}

/** Everything that a rule leaves out, as it then is. */
export function whole(rule: Rule): Required<Omit<Rule, "quorum" | "silence_hours">> & Rule {
  return {
    decision: "consensus",
    nothing_agreed: false,
    reopen: { majority: { of: "present", share: [2, 3] } },
    adopt: "chair",
    vote: "named",
    show_votes: "at-once",
    ...rule,
  };
}
