/** What the first view does without, fetched when it is wanted; the browser keeps each for good. */
export const later = {
  panel: async () => (await import("../parts/Panel.svelte")).default,
  tools: async () => (await import("../parts/Tools.svelte")).default,
  help: async () => (await import("../parts/Help.svelte")).default,
};
