import type { FormGroup, Role, Roster, Seating } from "../api/types.ts";

/** The languages of a field: `fr, en` or `fr en`. */
export const tags = (written: string): string[] => written.split(/[\s,;،、，]+/).filter(Boolean);

/** Whether a delegation in that role may take part in decisions at all. */
export const mayDecide = (role: Role): boolean => role === "delegate" || role === "pen-holder";

/** A seat to begin with: that of a delegation, or a new one. */
export function seatOf(roster: Roster, code?: string): Required<Seating> {
  const known = code === undefined ? undefined : roster.delegations[code];
  return {
    delegation: code ?? "",
    name: known?.name ?? "",
    role: known?.role ?? "delegate",
    entitled: known?.entitled ?? true,
    weight: known?.weight ?? 1,
    languages: [...(known?.languages ?? [])],
  };
}

/** A group to begin with: one that there is, or a new one. */
export function groupOf(roster: Roster, code?: string): FormGroup & { spokesperson: string } {
  const known = code === undefined ? undefined : roster.groups[code];
  return {
    group: code ?? "",
    name: known?.name ?? "",
    members: [...(known?.members ?? [])],
    spokesperson: known?.spokesperson ?? "",
  };
}

/** Who can be in a group: those who sit, other groups, and whoever is in it already. */
export function candidates(roster: Roster, group: string, members: string[]): [string, string][] {
  const sitting = Object.entries(roster.delegations).filter(
    ([code, it]) => !it.left || members.includes(code),
  );
  const groups = Object.entries(roster.groups).filter(([code]) => code !== group);
  return [...groups, ...sitting].map(([code, { name }]) => [code, name]);
}
