import type { Role } from "../api/types.ts";
import type { Draft } from "./draft.svelte.ts";

/** Whom a delegation may seat, by the role it has itself; `seats.rs` has the same. */
export const covers: Record<Role, Role[]> = {
  facilitator: ["facilitator", "pen-holder", "delegate", "archivist", "observer"],
  "pen-holder": ["pen-holder", "delegate", "observer"],
  delegate: ["delegate", "observer"],
  archivist: ["archivist", "observer"],
  observer: ["observer"],
};

/** Whether the reader may say anything for a delegation: nobody does who only reads, or once the draft is closed. */
export function hasFloor({ me: { seat }, summary }: Draft): boolean {
  return !!seat && seat.role !== "observer" && seat.role !== "archivist" && !summary.closed;
}

/** Whether the reader conducts the draft: seats, forms groups, sets its rule, closes it. */
export const conducts = ({ me, summary }: Draft): boolean =>
  (me.secretariat || me.seat?.role === "facilitator") && !summary.closed;

/** Whether the reader answers for translations. */
export const translates = ({ me, summary }: Draft): boolean =>
  (me.secretariat || me.seat?.role === "facilitator" || me.seat?.role === "pen-holder") &&
  !summary.closed;
