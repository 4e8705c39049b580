import { ask } from "../api/client.ts";
import type { Matrix, Next, Page, Progress, SilenceView } from "../api/types.ts";
import { Trouble, troubleOf } from "./errors.ts";

/** Between two askings at least, in milliseconds: in a lively room the sums are fetched now and then, not each time. */
const PAUSE = 1500;

/** What helps a facilitator, as the server works it out: fetched again after what is new. */
export class Aids {
  matrix = $state.raw<Matrix>();
  next = $state.raw<Next>();
  progress = $state.raw<Progress>();
  silences = $state.raw<SilenceView[]>([]);
  trouble = $state.raw<Trouble>();
  #draft: string;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(draft: string) {
    this.#draft = draft;
  }

  /** Something is new: asks soon, once for all that is new until then. */
  hear() {
    if (this.#timer) return;
    const wait = Math.max(0, this.#asked + PAUSE - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#asked = Date.now();
      void this.#load();
    }, wait);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  async #load() {
    const at = `/drafts/${this.#draft}`;
    try {
      const [matrix, next, progress, silences] = await Promise.all([
        ask<Matrix>(`${at}/matrix`),
        ask<Next>(`${at}/next`),
        ask<Progress>(`${at}/progress`),
        ask<Page<SilenceView>>(`${at}/silences`),
      ]);
      [this.matrix, this.next, this.progress] = [matrix, next, progress];
      this.silences = silences.items;
      this.trouble = undefined;
    } catch (thrown) {
      this.trouble = troubleOf(thrown);
      if (this.trouble.isPassing) this.hear();
    }
  }
}
