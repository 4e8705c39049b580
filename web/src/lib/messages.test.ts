import { compileMessage } from "@lingui/message-utils/compileMessage";
import { expect, test } from "vitest";

const files = import.meta.glob<string>("../../messages/**/*.json", {
  query: "?raw",
  import: "default",
  eager: true,
});
const read = (file: string) => JSON.parse(files[file] ?? "{}") as Record<string, string>;

/** The names of what is filled in. */
function names(message: string): string[] {
  const found = new Set<string>();
  const look = (parts: unknown) => {
    if (!Array.isArray(parts)) return;
    for (const part of parts) {
      if (!Array.isArray(part)) continue;
      found.add(String(part[0]));
      if (part[2] && typeof part[2] === "object") Object.values(part[2]).forEach(look);
    }
  };
  look(compileMessage(message));
  return [...found].sort();
}

test.each(Object.keys(files))("%s says everything, and fills in the same", (file) => {
  const [messages, whole] = [read(file), read(file.replace(/[\w-]+\.json$/, "en.json"))];
  expect(Object.keys(messages).sort()).toEqual(Object.keys(whole).sort());
  for (const [key, message] of Object.entries(messages)) {
    expect(message.trim(), key).not.toBe("");
    expect(names(message), key).toEqual(names(whole[key] ?? ""));
  }
});

test("every set of messages is there in every language", () => {
  const names = Object.keys(files).map((file) => file.replace("../../messages/", ""));
  const whole = names.filter((name) => !name.includes("/")).sort();
  const desk = names.filter((name) => name.startsWith("desk/")).map((name) => name.slice(5));
  expect(desk.sort()).toEqual(whole);
  expect(names.length).toBe(2 * whole.length);
});
