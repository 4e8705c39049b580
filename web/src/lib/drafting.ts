import { ask } from "../api/client.ts";
import type { Blame, By, EntryView, Page } from "../api/types.ts";

/** Entries that are asked for at once. */
const PAGE = 500;

/** The entries that settled the words of that clause in that language, the first first. */
export function settling(entries: EntryView[], clause: string, language: string): EntryView[] {
  return entries.filter((entry) =>
    entry.touched.some(
      ({ place, language: in_ }) =>
        "clause" in place && place.clause === clause && (in_ ?? language) === language,
    ),
  );
}

/** The whole record up to an entry. */
export async function record(draft: string, last: number): Promise<EntryView[]> {
  const read: EntryView[] = [];
  for (let after = 0; after < last;) {
    const page = await ask<Page<EntryView>>(
      `/drafts/${draft}/entries?after=${after}&limit=${PAGE}`,
    );
    const final = page.items.at(-1);
    if (!final) break;
    read.push(...page.items.filter((entry) => entry.seq <= last));
    after = final.seq;
  }
  return read;
}

/** Whose each word of a clause was at a moment. */
export const blame = (draft: string, clause: string, language: string, at: number | string) =>
  ask<Blame>(
    `/drafts/${draft}/clauses/${clause}/blame?${new URLSearchParams({ language, at: String(at) })}`,
  );

/** The words at that moment. */
export const wording = ({ spans }: Blame): string => spans.map(({ text }) => text).join("");

/** Who, by the code that stands for it. */
export const whose = (by: By): string =>
  typeof by === "string" ? by : (by.seat.delegation as string);
