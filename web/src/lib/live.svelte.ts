import { ask } from "../api/client.ts";
import type { News, RollingView, Screen } from "../api/types.ts";
import type { Draft } from "./draft.svelte.ts";
import { troubleOf } from "./errors.ts";

/** How the line to the server is. */
export type Line = "connecting" | "live" | "down" | "signed-out";

/** Keeps the draft's state up to date: events as they come, and what they cannot tell fetched anew. */
export class Live {
  #line = $state<Line>("connecting");
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = 1000;
  #isFetching = false;
  #next: (() => Promise<void>) | undefined;

  /** What else is to be heard on the stream, by the names of events. */
  readonly #others: Record<string, (data: never) => void>;

  constructor(
    readonly draft: Draft,
    others: Record<string, (data: never) => void> = {},
  ) {
    this.#others = others;
  }

  get line() {
    return this.#line;
  }
  set line(line: Line) {
    this.#line = line;
    this.draft.isOffline = line === "down" || line === "signed-out";
  }

  start() {
    this.#source?.close();
    const source = new EventSource(
      `/api/v1/drafts/${this.draft.id}/events?after=${this.draft.seq}`,
    );
    this.#source = source;
    source.addEventListener("open", () => {
      this.line = "live";
      this.#pause = 1000;
    });
    source.addEventListener("entries", (event) => this.#hear(JSON.parse(event.data) as News));
    source.addEventListener("reset", () => void this.reload());
    source.addEventListener("error", () => void this.#lost());
    for (const [name, hear] of Object.entries(this.#others)) {
      source.addEventListener(name, (event) => hear(JSON.parse(event.data) as never));
    }
  }

  stop() {
    clearTimeout(this.#timer);
    this.#source?.close();
  }

  /** A lost line may look open for a long time; the browser knows better. */
  offline() {
    this.stop();
    this.line = "down";
  }

  #hear(news: News) {
    const bracketed = new Set(this.draft.rolling.clauses.map((c) => c.clause));
    this.draft.apply(news);
    const concerns = [...news.status, ...news.clauses].some(
      (c) => bracketed.has(c.id) || ("proposals" in c && c.proposals.length > 0),
    );
    if (this.draft.isBehind) void this.reload();
    else if (concerns || news.proposals.length) void this.#roll();
  }

  /** Loads the draft anew, in the languages it is read in. */
  async reload() {
    await this.#fetch(async () => {
      const { id, language } = this.draft;
      this.#source?.close();
      this.draft.load(await ask<Screen>(`/drafts/${id}/screen?language=${language}`));
      this.start();
    });
  }

  #roll() {
    return this.#fetch(async () => {
      const { id, language } = this.draft;
      this.draft.roll(await ask<RollingView>(`/drafts/${id}/rolling?language=${language}`));
    });
  }

  /** One at a time. What is wanted meanwhile is done after, once, however often it was wanted. */
  async #fetch(what: () => Promise<void>) {
    if (this.#isFetching) {
      this.#next = what;
      return;
    }
    this.#isFetching = true;
    try {
      await what();
    } catch (thrown) {
      // Whatever else went wrong: the stream is lost too, or the next event asks again.
      if (troubleOf(thrown).isStranger) this.line = "signed-out";
    } finally {
      this.#isFetching = false;
    }
    const next = this.#next;
    this.#next = undefined;
    if (next) await this.#fetch(next);
  }

  /** The stream has ended. Browsers do not say why, so the server is asked who we are. */
  async #lost() {
    this.#source?.close();
    clearTimeout(this.#timer);
    this.line = "down";
    try {
      await ask("/me");
    } catch (thrown) {
      if (troubleOf(thrown).isStranger) {
        this.line = "signed-out";
        return;
      }
    }
    this.#timer = setTimeout(() => this.start(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, 30_000);
  }
}
