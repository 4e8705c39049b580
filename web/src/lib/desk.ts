import type { Messages } from "@lingui/core";

/** What only the pages of the chair, the archivist and the secretariat say: where each language of it is. */
export const desks = import.meta.glob<{ default: Messages }>("../../messages/desk/*.json");
