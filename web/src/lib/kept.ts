import type { Draft } from "./draft.svelte.ts";

/**
 * What somebody has typed and not sent: kept in the browser with every keystroke, so that neither a crash nor an expired
 * session loses it. Where the browser keeps nothing, the page still has it.
 */
const here = new Map<string, string>();
export const name = (place: string) => `plenary:${place}`;

/** Where words of the reader's delegation are kept: whoever sits here next for another does not find them. */
export const slot = (draft: Draft, ...place: string[]): string =>
  [draft.id, draft.delegation ?? "", ...place].join("/");

/** All that is kept of a draft, by the rest of its place. */
export function allKept(draft: Draft): [string, string][] {
  const all = new Map(here);
  try {
    for (const [at, text] of Object.entries(localStorage) as [string, string][])
      if (at.startsWith("plenary:")) all.set(at.slice(8), text);
  } catch {
    // Then what this page has.
  }
  const from = slot(draft, "");
  return [...all].flatMap(([at, text]) =>
    at.startsWith(from) ? [[at.slice(from.length), text]] : [],
  );
}

/** Keeps the words; whether the browser does. */
export function keep(place: string, text: string): boolean {
  here.set(place, text);
  try {
    localStorage.setItem(name(place), text);
    return true;
  } catch {
    // Full, or forbidden.
    return false;
  }
}

export function kept(place: string): string | undefined {
  try {
    return localStorage.getItem(name(place)) ?? here.get(place);
  } catch {
    return here.get(place);
  }
}

export function forget(place: string): void {
  here.delete(place);
  try {
    localStorage.removeItem(name(place));
  } catch {
    // As above.
  }
}
