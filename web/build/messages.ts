import { readFileSync } from "node:fs";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";
import { direction } from "../src/lib/direction.ts";

/** What the first view of a draft says; the rest comes with what says it. */
const first = /^(draft|error|join|language\.(?!name)|line|panel|rolling|status)\b/;

/**
 * A code or a number on paper stays in its own direction in the middle of a sentence that runs the other way: what is filled
 * in is set apart, by the two signs that Unicode has for it.
 */
const apart = (message: string) => message.replace(/\{\w+\}/g, "\u2068$&\u2069");

/**
 * A file of messages (`messages/ar.json`: key to ICU message) is compiled, message by message, so that no parser is sent to
 * the browser: the messages of the first view, with `?rest` the others, with `?name` only the language's own name. What is in
 * a folder of `messages/` is all of one kind.
 */
export function messages(): Plugin {
  return {
    name: "plenary:messages",
    enforce: "pre",
    transform(source, id) {
      const found = /\/messages\/(\w+\/)?([\w-]+)\.json(?:\?(name|rest))?$/.exec(id);
      if (!found) return null;
      const [, folder, language = "", part] = found;
      const set = direction(language) === "rtl" ? apart : String;
      // What a language does not say yet is said in English, as the server does.
      const whole = id.replace(/[\w-]+\.json(\?.*)?$/, "en.json");
      const all = {
        ...(JSON.parse(readFileSync(whole, "utf8")) as Record<string, string>),
        ...(JSON.parse(source) as Record<string, string>),
      };
      const chosen = Object.entries(all)
        .filter(([key]) => folder || first.test(key) === (part !== "rest"))
        .map(([key, message]) => [key, compileMessage(set(message))]);
      // Vite makes a module of whatever is JSON by now.
      const table = part === "name" ? all["language.name"] : Object.fromEntries(chosen);
      return { code: JSON.stringify(table), map: null };
    },
  };
}
