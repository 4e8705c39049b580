import { setupI18n, type Messages } from "@lingui/core";
import type english from "../../messages/en.json";

/** A message's name: one of those that English has. */
export type Key = keyof typeof english;

const files = import.meta.glob<{ default: Messages }>("../../messages/*.json");
const i18n = setupI18n();

/** The language that the page speaks; that of the text is another matter. */
export const page = () => i18n.locale;

/** Fetches the messages of the page's language. Nothing is said before. */
export async function speak(language = document.documentElement.lang): Promise<void> {
  const load = files[`../../messages/${language}.json`] ?? files["../../messages/en.json"];
  if (load) i18n.loadAndActivate({ locale: language, messages: (await load()).default });
}

/** The languages that the page can speak, by their own names. */
export const names = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>("../../messages/*.json", {
      query: "?name",
      import: "default",
      eager: true,
    }),
  ).map(([path, name]) => [path.replace(/.*\/(.+)\.json$/, "$1"), name]),
);

/** A message in the page's language. */
export function t(key: Key, values?: Record<string, unknown>): string {
  return i18n._(key, values as Record<string, string>);
}
