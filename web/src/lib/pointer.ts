import { ask } from "../api/client.ts";
import type { Pointer } from "../api/types.ts";

/** Where the chair points: what the projector shows. It is in no record, and gone when the room is closed. */
export const pointed = (draft: string) => ask<Pointer>(`/drafts/${draft}/pointer`);

/** Points at a clause; at none, to show the whole. */
export const point = (draft: string, clause?: string) =>
  ask<void>(`/drafts/${draft}/pointer`, { method: "PUT", body: { clause } });
