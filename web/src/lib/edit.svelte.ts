import { ask } from "../api/client.ts";
import type { Reworded } from "../api/types.ts";
import { LONGEST, cleaned, type Cleaned } from "./clean.ts";
import type { Clause, Draft } from "./draft.svelte.ts";
import { forget, keep, kept, name, slot } from "./kept.ts";
import { once, submit } from "./submit.ts";

/** What an edit began with, kept beside the words. */
interface Begun {
  text: string;
  rationale?: string;
  base: string;
  heads: string[];
}

/** One edit of a clause: what it began with, what is written, and what becomes of it. */
export class ClauseEdit {
  readonly language: string;
  readonly base: string;
  readonly #heads: string[];
  readonly #place: string;
  text = $state("");
  rationale = $state("");
  notes = $state.raw<Cleaned["notes"]>([]);
  /** How it would come out, if somebody has changed the clause meanwhile. */
  merge = $state.raw<Reworded>();
  /** Whether the browser keeps what is written. */
  isKept = $state(true);
  /** What the same person writes here in another tab. */
  elsewhere = $state<string>();
  /** Whether it was found again, from a visit before. */
  readonly isFound: boolean;

  constructor(
    readonly draft: Draft,
    readonly clause: Clause,
  ) {
    this.language = clause.text.text[draft.language] ? draft.language : draft.negotiated;
    this.#place = slot(draft, clause.id, this.language);
    const found = JSON.parse(kept(this.#place) ?? "null") as Begun | null;
    this.isFound = !!found;
    this.base = found?.base ?? clause.text.text[this.language] ?? "";
    this.#heads = found?.heads ?? draft.heads;
    this.text = found?.text ?? this.base;
    this.rationale = found?.rationale ?? "";
  }

  get isChanged() {
    return this.text !== this.base;
  }

  /** Takes in what was typed or pasted. */
  write(source: string) {
    ({ text: this.text, notes: this.notes } = cleaned(source));
    // The field takes no more than this.
    if (this.text.length === LONGEST) this.notes = [...new Set([...this.notes, "long" as const])];
    this.merge = undefined;
    this.keep();
  }

  /** Keeps the words, and why. */
  keep() {
    const { text, base, rationale } = this;
    const begun: Begun = { text, base, heads: this.#heads, rationale };
    this.isKept = keep(this.#place, JSON.stringify(begun));
  }

  /** Away with what is kept of this; what another tab has written since is not ours. */
  forget() {
    const found = JSON.parse(kept(this.#place) ?? "null") as Begun | null;
    if (!found || found.text === this.text) forget(this.#place);
  }

  /** Another tab has kept something. */
  hear({ key, newValue }: StorageEvent) {
    if (key !== name(this.#place)) return;
    const other = newValue ? (JSON.parse(newValue) as Begun).text : undefined;
    this.elsewhere = other === this.text ? undefined : other;
  }

  /** The redline becomes a proposal. */
  async propose() {
    const { rationale } = this;
    const done = await submit(this.draft.id, {
      propose: {
        amendment: { replace: { clause: this.clause.id } },
        text: { [this.language]: this.text },
        ...(rationale.trim() ? { rationale: rationale.trim() } : {}),
      },
    });
    this.forget();
    return done;
  }

  /** Into the text itself. If the clause has changed meanwhile, it is first shown how the two come together. */
  async enter(present: string): Promise<Reworded | undefined> {
    if (present !== this.base && !this.merge) {
      this.merge = await this.#put(true);
      return undefined;
    }
    const done = await this.#put(false);
    this.forget();
    return done;
  }

  #put(preview: boolean) {
    const { draft, clause, language, text } = this;
    const path = `/drafts/${draft.id}/clauses/${clause.id}/text/${language}`;
    const body = { text, base: this.#heads, preview };
    return once((headers) => ask<Reworded>(path, { method: "PUT", body, headers }));
  }
}
