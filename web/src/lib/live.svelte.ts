import { ask } from "../api/client.ts";
import type { News, RollingView, Screen } from "../api/types.ts";
import type { Draft } from "./draft.svelte.ts";
import { troubleOf } from "./errors.ts";

/** How the line to the server is. */
export type Line = "connecting" | "live" | "down" | "signed-out";

/** For how long what is to be fetched is gathered, in milliseconds. */
const GATHERED = 200;
/** Clauses of which the rolling text is asked for one by one. */
const MANY = 60;

/** Keeps the draft's state up to date: events as they come, and what they cannot tell fetched anew. */
export class Live {
  #line = $state<Line>("connecting");
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = 1000;
  #isFetching = false;
  /** What is to be fetched anew: everything, or what is proposed on these. */
  #wanted: "everything" | Set<string> = new Set();
  #gathering: ReturnType<typeof setTimeout> | undefined;

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
      // Browsers do not show what head a stream has: whether the server is another by now, any answer tells.
      if (this.line === "down") void ask("/me").catch(() => {});
      this.line = "live";
      this.#pause = 1000;
    });
    source.addEventListener("entries", (event) => this.#hear(JSON.parse(event.data) as News));
    source.addEventListener("revealed", (event) => this.draft.see([JSON.parse(event.data)]));
    source.addEventListener("reset", () => void this.reload());
    source.addEventListener("error", () => void this.#lost());
    for (const [name, hear] of Object.entries(this.#others)) {
      source.addEventListener(name, (event) => hear(JSON.parse(event.data) as never));
    }
  }

  stop() {
    clearTimeout(this.#timer);
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#source?.close();
  }

  /** A lost line may look open for a long time; the browser knows better. */
  offline() {
    this.stop();
    this.line = "down";
  }

  #hear(news: News) {
    this.draft.apply(news);
    if (this.draft.isBehind) void this.reload();
    else this.#want(this.draft.bracketedBy(news));
  }

  /** Somebody may have taken a seat again: all goes on where it was. */
  async again() {
    if (this.line === "signed-out") await this.reload();
  }

  /** Loads the draft anew, in the languages it is read in. */
  reload() {
    this.#wanted = "everything";
    return this.#fetch();
  }

  /** What is proposed there is fetched in a moment, with what else comes until then: a weak line carries it once. */
  #want(ids: string[]) {
    if (this.#wanted === "everything" || ids.length === 0) return;
    for (const id of ids) this.#wanted.add(id);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      void this.#fetch();
    }, GATHERED);
  }

  /** One at a time. What is wanted meanwhile is fetched after, once, however often it was wanted. */
  async #fetch() {
    if (this.#isFetching) return;
    this.#isFetching = true;
    try {
      while (this.#wanted === "everything" || this.#wanted.size) {
        const wanted = this.#wanted;
        this.#wanted = new Set();
        try {
          if (wanted === "everything") await this.#load();
          else await this.#roll([...wanted]);
        } catch (thrown) {
          // Still wanted, with what the next event tells of.
          this.#wanted = wanted;
          throw thrown;
        }
      }
    } catch (thrown) {
      // Whatever else went wrong: the stream is lost too, or the next event asks again.
      if (troubleOf(thrown).isStranger) this.line = "signed-out";
    } finally {
      this.#isFetching = false;
    }
  }

  async #load() {
    const { id, language, beside } = this.draft;
    this.#source?.close();
    const languages = `language=${language}${beside ? `&beside=${beside}` : ""}`;
    this.draft.load(await ask<Screen>(`/drafts/${id}/screen?${languages}`));
    this.start();
  }

  async #roll(ids: string[]) {
    const { id, language } = this.draft;
    // An address has room for so many; beyond, all is as well.
    const only = ids.length > MANY ? "" : `&only=${ids.join(",")}`;
    const rolling = await ask<RollingView>(`/drafts/${id}/rolling?language=${language}${only}`);
    this.draft.roll(rolling, only ? ids : undefined);
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
