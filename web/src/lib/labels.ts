import { t } from "./i18n.ts";

/** What the server's labels have in English; the letters and numbers on paper (`OP3`, `bis`) are the same everywhere. */
const words = {
  Title: "label.title",
  Annex: "label.annex",
  alt: "label.alt",
  "(delete)": "label.delete",
  "(move)": "label.move",
  "New first clause": "label.first",
} as const;
const pattern = /^(?:Title|Annex|New first clause)|\balt\b|\((?:delete|move)\)/g;

/** The label of a clause or a proposal, in the page's language. */
export const labelled = (label: string): string =>
  label.replace(pattern, (word) => t(words[word as keyof typeof words]));
