import type { components } from "./schema.ts";

type Schemas = components["schemas"];

export type Act = Schemas["Act"];
export type Acknowledged = Schemas["Acknowledged"];
export type Alternative = Schemas["Alternative"];
export type ClauseStatus = Schemas["ClauseStatus"];
export type ClauseText = Schemas["ClauseText"];
export type ClauseView = Schemas["ClauseView"];
export type DraftSummary = Schemas["DraftSummary"];
export type EntryView = Schemas["EntryView"];
export type News = Schemas["Event"];
export type Me = Schemas["Me"];
export type Page<T> = { items: T[]; next?: string | null };
export type Problem = Schemas["Problem"];
export type ProposalView = Schemas["ProposalView"];
export type Reworded = Schemas["Reworded"];
export type RollingClause = Schemas["RollingClause"];
export type RollingView = Schemas["RollingView"];
export type Roster = Schemas["Roster"];
export type Screen = Schemas["Screen"];
export type Span = Schemas["Span"];
export type Stance = Schemas["Stance"];
export type Target = Schemas["Target"];
