/** What one is told of, by its name: a clause that awaits the delegation, or a vote. */
export type Told = Map<string, string>;

/** What awaits now and did not before. */
export function fresh(before: Told, now: Told): string[] {
  return [...now].flatMap(([name, says]) => (before.has(name) ? [] : [says]));
}

const place = "plenary:notify";

/** Whether this browser can tell of something while the page is not looked at, and may. */
export function state(): "unable" | "off" | "on" {
  // On a plain line browsers have none.
  if (!("Notification" in window)) return "unable";
  try {
    return Notification.permission === "granted" && localStorage.getItem(place) ? "on" : "off";
  } catch {
    return "off";
  }
}

/** Asks the reader; whether it is allowed then. */
export async function allow(): Promise<boolean> {
  const isAllowed = (await Notification.requestPermission()) === "granted";
  if (isAllowed) localStorage.setItem(place, "yes");
  return isAllowed;
}

export const quiet = () => localStorage.removeItem(place);

/** Tells it, in one notification however much there is. */
export function tell(title: string, says: string[], tag: string): void {
  const notification = new Notification(title, { body: says.slice(0, 4).join("\n"), tag });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
