import { compileMessage } from "@lingui/message-utils/compileMessage";
import { describe, expect, test } from "vitest";

const files = import.meta.glob<string>("../../messages/**/*.json", {
  query: "?raw",
  import: "default",
  eager: true,
});
const read = (file: string) => JSON.parse(files[file] ?? "{}") as Record<string, string>;
const languageOf = (file: string) => file.replace(/.*\/([\w-]+)\.json$/, "$1");

/** What is filled in: a name, how (`plural`, or nothing), and for a plural what is said in each case. */
type Filled = [name: string, how?: string, cases?: Record<string, unknown>];

/** Every place of a message at which something is filled in. */
function filled(parts: unknown): Filled[] {
  if (!Array.isArray(parts)) return [];
  return parts.filter(Array.isArray).flatMap((part) => {
    const [name, how, cases] = part as Filled;
    const inside = typeof cases === "object" ? Object.values(cases).flatMap(filled) : [];
    return [[String(name), how, cases] as Filled, ...inside];
  });
}
const places = (message: string) => filled(compileMessage(message));
const names = (message: string) => [...new Set(places(message).map(([name]) => name))].sort();

/** The cases that a language tells apart when it counts things. */
const cases = (language: string) => {
  const rules = new Intl.PluralRules(language);
  const things = Array.from({ length: 201 }, (_, n) => rules.select(n));
  return [...new Set([...things, "other"])].sort();
};

/** What stays as it is in every language: what is typed, what is written on a key, what has no other name. */
const same =
  /plenary login 'LINK'|JavaScript|Markdown|QR|CSV|Page (Up|Down)|Home|End|Enter|Rev\.1|[Aa]d ref(erendum)?|pp3|OP|\{\w+\}/g;

/** Words that are English, and neither French nor Spanish. */
const english =
  /\b(the|of|and|is|are|was|with|your|you|have|what|which|this|that|not|until|by|to|it|from|who|no longer)\b/i;

/** Messages that happen to be spelled as in English. */
const alike: Record<string, string[]> = {
  es: ["roster.no"],
  fr: ["language.page", "progress.at", "vote.all", "way.consensus", "convene.code", "story.pause"],
};

describe.each(Object.keys(files))("%s", (file) => {
  const language = languageOf(file);
  const [messages, whole] = [read(file), read(file.replace(/[\w-]+\.json$/, "en.json"))];

  test("says everything, and fills in the same", () => {
    const [said, wanted] = [Object.keys(messages), Object.keys(whole)];
    expect(said.filter((key) => !(key in whole))).toEqual([]);
    expect(wanted.filter((key) => !(key in messages))).toEqual([]);
    for (const [key, message] of Object.entries(messages)) {
      expect(message.trim(), key).not.toBe("");
      expect(names(message), key).toEqual(names(whole[key] ?? ""));
    }
  });

  test("has the marks of its own script", () => {
    // A comma of Latin type after a Chinese sign, or after an Arabic letter, is a slip of the keyboard.
    const slip = /\p{Script=Han}[,:;!?]|\p{Script=Arabic}[,;?]/u;
    for (const [key, message] of Object.entries(messages)) expect(message, key).not.toMatch(slip);
  });

  test("counts as the language does", () => {
    for (const [key, message] of Object.entries(messages)) {
      for (const [, how, said] of places(message)) {
        if (how !== "plural") continue;
        const told = Object.keys(said ?? {}).filter((name) => !/^(\d+|offset)$/.test(name));
        expect(told.sort(), key).toEqual(cases(language));
      }
    }
  });

  test.skipIf(language === "en")("leaves nothing in English", () => {
    const isLatin = /^(es|fr)$/.test(language);
    for (const [key, message] of Object.entries(messages)) {
      const own = message.replace(same, "").replace(/\{\w+, plural,|\b\w+ \{/g, "");
      if (isLatin) expect(own, key).not.toMatch(english);
      else expect(own, key).not.toMatch(/[a-z]/i);
      const isWord = /[a-z]/i.test((whole[key] ?? "").replace(same, ""));
      if (isWord && !alike[language]?.includes(key)) expect(message, key).not.toBe(whole[key]);
    }
  });

  test.runIf(language === "fr")("no sign of punctuation begins a line", () => {
    for (const [key, message] of Object.entries(messages)) {
      expect(message, key).not.toMatch(/ [:;?!»]|« /);
    }
  });
});

test("every set of messages is there in every language", () => {
  const names = Object.keys(files).map((file) => file.replace("../../messages/", ""));
  const whole = names.filter((name) => !name.includes("/")).sort();
  for (const folder of ["desk/", "told/"]) {
    const here = names.filter((name) => name.startsWith(folder));
    expect(here.map((name) => name.slice(folder.length)).sort()).toEqual(whole);
  }
  expect(names.length).toBe(3 * whole.length);
});
