import type { ClauseStatus } from "../api/types.ts";

/** The sign of each status; the server's `status.rs` has the same. The word always stands beside it. */
export const signs: Record<ClauseStatus, string> = {
  open: "○",
  bracketed: "[ ]",
  "in-silence": "…",
  ripe: "●",
  "agreed-ad-ref": "✓?",
  agreed: "✓",
  adopted: "✓✓",
  deleted: "✕",
};

/** The statuses from least settled to most. */
export const statuses = Object.keys(signs) as ClauseStatus[];
