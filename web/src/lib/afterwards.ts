import type { Draft } from "./draft.svelte.ts";
import { later, said } from "./later.ts";
import { begun } from "./worker.ts";

/** What is asked for by parts that come after the first view. */
export const afterwards = {
  help: async () => (await said(import("../parts/Help.svelte"))).default,
  live: async () => (await said(import("../live/LiveEditor.svelte"))).default,
  votes: async () => (await said(import("../parts/Votes.svelte"))).default,
};

interface Network {
  effectiveType?: string;
  saveData?: boolean;
}

/** Moments after the first view, in milliseconds. */
const SETTLED = 4000;

/**
 * On a good line, what is likely to be wanted comes before it is; and for who writes, what live editing needs. On a weak
 * line, or where the browser says nothing of it, only what is asked for.
 */
export function prefetch(draft: Draft): () => void {
  const { connection } = navigator as { connection?: Network };
  const isGood = connection?.effectiveType === "4g" && !connection.saveData;
  const timer = setTimeout(() => {
    void begun();
    if (!isGood) return;
    void later.panel();
    const { role } = draft.me.seat ?? {};
    if (role && role !== "observer" && role !== "archivist")
      void import("../live/warm.ts").then((m) => m.warm());
  }, SETTLED);
  return () => clearTimeout(timer);
}
