import type { Role } from "../api/types.ts";

/** Whom a delegation may seat, by the role it has itself; `seats.rs` has the same. */
export const covers: Record<Role, Role[]> = {
  facilitator: ["facilitator", "pen-holder", "delegate", "archivist", "observer"],
  "pen-holder": ["pen-holder", "delegate", "observer"],
  delegate: ["delegate", "observer"],
  archivist: ["archivist", "observer"],
  observer: ["observer"],
};
