import { ask } from "../api/client.ts";
import type { Draft } from "./draft.svelte.ts";
import { speakFully } from "./i18n.ts";
import { begun } from "./worker.ts";

/** Those messages too, which the first view does without. What is not there may have gone with an older build: the answer tells. */
const said = <T>(what: Promise<T>): Promise<T> =>
  Promise.all([what, speakFully()]).then(
    ([loaded]) => loaded,
    (thrown) => {
      void ask("/me").catch(() => {});
      throw thrown;
    },
  );

/** What the first view does without, fetched when it is wanted; the browser keeps each for good. */
export const later = {
  panel: async () => (await said(import("../parts/Panel.svelte"))).default,
  tools: async () => (await said(import("../parts/Tools.svelte"))).default,
  help: async () => (await said(import("../parts/Help.svelte"))).default,
  again: async () => (await said(import("../parts/Again.svelte"))).default,
  live: async () => (await said(import("../live/LiveEditor.svelte"))).default,
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
