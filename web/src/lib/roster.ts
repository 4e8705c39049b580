import { parse } from "smol-toml";
import type { FormGroup, Rule, Seating } from "../api/types.ts";

/** What a roster file says: `examples/roster.toml` is one. */
export interface RosterFile {
  title?: string;
  authentic?: string[];
  working?: string[];
  mode?: "proposals" | "open";
  rule?: Rule;
  seats: Seating[];
  groups: FormGroup[];
}

interface Written extends Record<string, unknown> {
  delegation?: (Seating & { code: string })[];
  group?: (FormGroup & { code: string })[];
  rule?: Rule["decision"];
}

const ofRule = [
  "quorum",
  "nothing_agreed",
  "silence_hours",
  "reopen",
  "adopt",
  "vote",
  "show_votes",
];

/** Reads a roster file; what is no TOML throws, with the line. */
export function roster(source: string): RosterFile {
  const { title, authentic, working, mode, rule, delegation, group, ...rest } = parse(
    source,
  ) as Written;
  const others = Object.entries(rest).filter(([name]) => ofRule.includes(name));
  const terms = { ...(rule ? { decision: rule } : {}), ...Object.fromEntries(others) } as Rule;
  return {
    ...({ title, authentic, working, mode } as Partial<RosterFile>),
    ...(Object.keys(terms).length ? { rule: terms } : {}),
    seats: (delegation ?? []).map(({ code, ...seat }) => ({ ...seat, delegation: code })),
    groups: (group ?? []).map(({ code, ...it }) => ({ ...it, group: code })),
  };
}
