import { setupI18n, type Messages } from "@lingui/core";
import type english from "../../messages/en.json";
import type desk from "../../messages/desk/en.json";
import type told from "../../messages/told/en.json";

/** A message's name: one of those that English has. */
export type Key = keyof typeof english | keyof typeof desk | keyof typeof told;

type File = { default: Messages };
const firsts = import.meta.glob<File>("../../messages/*.json");
const rests = import.meta.glob<File>("../../messages/*.json", { query: "?rest" });
const of = (files: typeof firsts, language: string, folder = "") =>
  (
    files[`../../messages/${folder}${language}.json`] ?? files[`../../messages/${folder}en.json`]
  )?.();
const i18n = setupI18n();

/** The language that the page speaks; that of the text is another matter. */
export const page = () => i18n.locale;

/** Fetches what the first view of a draft says, in the page's language. Nothing is said before. */
export async function speak(language = document.documentElement.lang): Promise<void> {
  const messages = await of(firsts, language);
  // Added to what is loaded already, which may be more.
  if (messages) i18n.load(language, messages.default);
  i18n.activate(language);
}

/** Fetches everything else that is said. */
export async function speakFully(): Promise<void> {
  const messages = await of(rests, i18n.locale);
  if (messages) i18n.load(i18n.locale, messages.default);
}

/** Fetches what only some pages say (`desk`), or only some answers and entries (`told`): the first view does without. */
export async function speakMore(folder: "desk" | "told" = "desk"): Promise<void> {
  const { shelves } = await import("./shelves.ts");
  const messages = await of(shelves, i18n.locale, `${folder}/`);
  if (messages) i18n.load(i18n.locale, messages.default);
}

/** The languages that the page can speak, by their own names. */
export const names = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>("../../messages/*.json", {
      query: "?name",
      import: "default",
      eager: true,
    }),
  )
    .map(([path, name]) => [path.replace(/.*\/(.+)\.json$/, "$1"), name])
    // As the server has them.
    .sort(),
);

/** A message in the page's language. */
export function t(key: Key, values?: Record<string, unknown>): string {
  return i18n._(key, values as Record<string, string>);
}
