import { ask } from "../api/client.ts";
import { speakFully } from "./i18n.ts";

/** Those messages too, which the first view does without. What is not there may have gone with an older build: the answer tells. */
export const said = <T>(what: Promise<T>): Promise<T> =>
  Promise.all([what, speakFully()]).then(
    ([loaded]) => loaded,
    (thrown) => {
      void ask("/me").catch(() => {});
      throw thrown;
    },
  );

/**
 * What the first view does without, fetched when it is wanted; the browser keeps each for good. What only that asks for in
 * its turn is named in `afterwards.ts`: here every name is part of the first view.
 */
export const later = {
  panel: async () => (await said(import("../parts/Panel.svelte"))).default,
  tools: async () => (await said(import("../parts/Tools.svelte"))).default,
  again: async () => (await said(import("../parts/Again.svelte"))).default,
};
