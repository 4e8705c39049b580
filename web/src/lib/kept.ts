/**
 * What somebody has typed and not sent: kept in the browser with every keystroke, so that neither a crash nor an expired
 * session loses it. Where the browser keeps nothing, the page still has it.
 */
const here = new Map<string, string>();
const name = (place: string) => `plenary:${place}`;

export function keep(place: string, text: string): void {
  here.set(place, text);
  try {
    localStorage.setItem(name(place), text);
  } catch {
    // Full, or forbidden.
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
