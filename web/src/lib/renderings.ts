import type { ClauseText, ClauseView, DraftSummary, Translation } from "../api/types.ts";

/** The languages that render the one negotiated in, authentic ones first. */
export const renderings = ({ authentic, working }: DraftSummary): string[] => [
  ...authentic.slice(1),
  ...(working ?? []),
];

/** What a wording in that language may render: only the first authentic one if it is authentic itself. */
export const sources = ({ authentic }: DraftSummary, language: string): string[] =>
  authentic.includes(language) ? authentic.slice(0, 1) : [...authentic];

/** How a clause stands in a language; without words where nothing is told. */
export const rendering = (view: ClauseView, language: string): Translation =>
  view.translations?.[language] ?? { is: "missing" };

/** The clauses that are still to be translated or marked in a language: with words that are not marked, and without any. */
export function awaited(views: ClauseView[], language: string) {
  const standing = views.filter(({ status }) => status !== "deleted");
  const at = (is: Translation["is"]) =>
    standing.filter((view) => rendering(view, language).is === is).map(({ id }) => id);
  return {
    missing: at("missing"),
    unmarked: [...at("unmarked"), ...at("behind")],
    matching: at("matching").length,
    all: standing.length,
  };
}

/** The mark of the words that were in view; with other words, they are written with it. */
export function mark(text: ClauseText, language: string, source: string, written: string) {
  const present = text.text[language] ?? "";
  const words = written === present ? { digest: text.digests[language] } : { text: written };
  return { clause: text.id, language, source, of: text.digests[source], ...words };
}
