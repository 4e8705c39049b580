import { compileMessage } from "@lingui/message-utils/compileMessage";
import { expect, test } from "vitest";
import english from "../../messages/en.json?raw";

const files = import.meta.glob<string>("../../messages/*.json", {
  query: "?raw",
  import: "default",
  eager: true,
});
const whole = JSON.parse(english) as Record<string, string>;

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

test.each(Object.entries(files))("%s says everything, and fills in the same", (_, file) => {
  const messages = JSON.parse(file) as Record<string, string>;
  expect(Object.keys(messages).sort()).toEqual(Object.keys(whole).sort());
  for (const [key, message] of Object.entries(messages)) {
    expect(message.trim(), key).not.toBe("");
    expect(names(message), key).toEqual(names(whole[key] ?? ""));
  }
});
