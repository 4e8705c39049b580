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

let wanted: Promise<unknown> | undefined;

/**
 * What the first view does without, fetched when it is wanted; the browser keeps each for good. What only that asks for in
 * its turn is named in `afterwards.ts`: here every name is part of the first view.
 */
export const later = {
  panel: async () => (await (wanted = said(import("../parts/Panel.svelte")))).default,
  /** On a weak line, which the first view has shown, whoever opens a clause at once is not to wait for these. */
  tools: async () => {
    await new Promise((go) => setTimeout(go, performance.now() / 5));
    await wanted?.catch(() => {});
    return (await said(import("../parts/Tools.svelte"))).default;
  },
  again: async () => (await said(import("../parts/Again.svelte"))).default,
};
