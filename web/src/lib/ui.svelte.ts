import { readings, type Reading } from "./rolling.ts";

const remembered = () => {
  try {
    return localStorage.getItem("plenary:reading");
  } catch {
    return null;
  }
};

/** What the reader is looking at: which clause is open, how the text is read, what is searched. */
class Ui {
  /** The clause that is open. */
  open = $state<string>();
  reading = $state<Reading>(readings.find((r) => r === remembered()) ?? "rolling");
  /** Words that are searched. */
  words = $state("");
  /** The clauses that have them; none while nothing is searched. */
  found = $state.raw<Set<string>>();
  /** Whether the keys are shown. */
  isHelping = $state(false);
  /** Whether the server has other pages by now than this one. */
  isOutdated = $state(false);

  read(reading: Reading) {
    this.reading = reading;
    try {
      localStorage.setItem("plenary:reading", reading);
    } catch {
      // Then it is for this visit.
    }
  }

  /** Opens a clause, or closes it; and brings it into view when it was found from elsewhere. */
  toggle(id: string | undefined, from: "here" | "elsewhere" = "here") {
    this.open = this.open === id && from === "here" ? undefined : id;
    if (!id) return;
    history.replaceState(null, "", this.open ? `#${id}` : location.pathname + location.search);
    if (from === "elsewhere") queueMicrotask(() => reveal(id));
  }
}

/** Scrolls to a clause and puts the focus on it. */
export function reveal(id: string) {
  const clause = document.getElementById(id);
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  clause?.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
  clause?.querySelector<HTMLElement>(".standing")?.focus({ preventScroll: true });
}

export const ui = new Ui();
