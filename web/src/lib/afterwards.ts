import type { Draft } from "./draft.svelte.ts";
import { later, said } from "./later.ts";
import { begun } from "./worker.ts";

/** What is asked for by parts that come after the first view. */
export const afterwards = {
  edit: async () => (await said(import("../parts/Edit.svelte"))).default,
  proposal: async () => (await said(import("../parts/Proposal.svelte"))).default,
  elsewhere: async () => (await said(import("../parts/Elsewhere.svelte"))).default,
  help: async () => (await said(import("../parts/Help.svelte"))).default,
  live: async () => (await said(import("../live/LiveEditor.svelte"))).default,
  translations: async () => (await said(import("../parts/Translations.svelte"))).default,
  votes: async () => (await said(import("../parts/Votes.svelte"))).default,
};

interface Network {
  effectiveType?: string;
  saveData?: boolean;
}

/** Moments after the first view, in milliseconds. */
const SETTLED = 4000;

/**
 * What opens under a clause comes while the first lines are read, unless the reader saves data. On a good line so does what
 * is likely to be wanted next; and for who writes, what live editing needs.
 */
export function prefetch(draft: Draft): () => void {
  const { connection } = navigator as { connection?: Network };
  const isSaving = connection?.saveData;
  const isGood = connection?.effectiveType === "4g" && !isSaving;
  const timer = setTimeout(() => {
    void begun();
    if (!isSaving)
      void later
        .panel()
        .then(afterwards.proposal)
        .catch(() => undefined);
    const { role } = draft.me.seat ?? {};
    if (!isGood || !role || role === "observer" || role === "archivist") return;
    void afterwards.edit().catch(() => undefined);
    void import("../live/warm.ts").then((m) => m.warm());
  }, SETTLED);
  return () => clearTimeout(timer);
}
