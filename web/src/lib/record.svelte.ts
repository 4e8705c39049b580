import { ask } from "../api/client.ts";
import type { EntryView, Page } from "../api/types.ts";

/** Entries that are asked for at once. */
const PAGE = 60;

/** The record read backwards: the latest entries first, and earlier ones when they are wanted. */
export class RecordRead {
  /** Latest first. */
  entries = $state.raw<EntryView[]>([]);
  /** The first entry that is at hand; above 1 there are earlier ones. */
  first = $state(0);
  #draft: string;

  constructor(draft: string, seq: number) {
    this.#draft = draft;
    this.first = seq + 1;
  }

  get hasEarlier() {
    return this.first > 1;
  }

  /** One page further back. */
  async earlier() {
    const last = this.first - 1;
    const after = Math.max(0, last - PAGE);
    const read: EntryView[] = [];
    // A page of large entries is shorter than asked for: the rest is asked for too.
    for (let known = after; known < last;) {
      const page = await ask<Page<EntryView>>(
        `/drafts/${this.#draft}/entries?after=${known}&limit=${last - known}`,
      );
      const final = page.items.at(-1);
      if (!final) break;
      read.push(...page.items.filter((entry) => entry.seq <= last));
      known = final.seq;
    }
    this.entries = [...this.entries, ...read.reverse()];
    this.first = after + 1;
  }

  /** What has been entered since, as events tell it: latest first. */
  hear(news: EntryView[]) {
    const known = this.entries[0]?.seq ?? this.first - 1;
    const later = news.filter((entry) => entry.seq > known);
    if (later.length) this.entries = [...later, ...this.entries];
  }
}
