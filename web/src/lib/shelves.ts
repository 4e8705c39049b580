import type { Messages } from "@lingui/core";

/** What only some pages say, and what only some answers and entries do: where each language of it is. */
export const shelves = import.meta.glob<{ default: Messages }>("../../messages/*/*.json");
