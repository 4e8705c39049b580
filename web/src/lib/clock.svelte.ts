import { page } from "./i18n.ts";

/**
 * The time by the server's clock. A laptop whose clock is wrong by a day counts to the same deadline: only how much time
 * has passed is taken from it.
 */
class Clock {
  #began = Date.now();
  #at = performance.now();
  /** The moment, looked at twice a minute; a second apart in the last minutes of something. */
  now = $state(Date.now());

  constructor() {
    setInterval(() => (this.now = this.exact()), 1000);
  }

  set(server: string) {
    this.#began = Date.parse(server);
    this.#at = performance.now();
    this.now = this.#began;
  }

  /** What an answer's head says, to the second. A laptop that slept has counted too little. */
  hear(date: string | null) {
    if (date && Math.abs(Date.parse(date) - this.exact()) > 2000) this.set(date);
  }

  exact() {
    return this.#began + (performance.now() - this.#at);
  }
}

export const clock = new Clock();

/** A moment in the reader's own time zone, and as the page's language writes it. */
export function moment(at: string): string {
  const format = new Intl.DateTimeFormat(page(), { dateStyle: "medium", timeStyle: "short" });
  return format.format(new Date(at));
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

/** How long until then, in the largest unit of which there are two, as the page's language says it. */
export function countdown(at: string, now = clock.now): string {
  const left = Date.parse(at) - now;
  const [unit, size] = units.find(([, size]) => Math.abs(left) >= 2 * size) ?? ["second", 1000];
  const format = new Intl.RelativeTimeFormat(page(), { numeric: "always" });
  return format.format(Math.trunc(left / size), unit);
}
