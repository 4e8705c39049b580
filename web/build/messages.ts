import { compileMessage } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

/**
 * A file of messages (`messages/ar.json`: key to ICU message) is compiled, message by message, so that no
 * parser is sent to the browser. With `?name` it is only the language's own name.
 */
export function messages(): Plugin {
  return {
    name: "plenary:messages",
    enforce: "pre",
    transform(source, id) {
      if (/\/messages\/[\w-]+\.json\?name$/.test(id)) {
        const { "language.name": name } = JSON.parse(source) as Record<string, string>;
        return { code: JSON.stringify(name), map: null };
      }
      if (!/\/messages\/[\w-]+\.json$/.test(id)) return null;
      const compiled = Object.entries(JSON.parse(source) as Record<string, string>).map(
        ([key, message]) => [key, compileMessage(message)],
      );
      // Vite makes a module of whatever is JSON by now.
      return { code: JSON.stringify(Object.fromEntries(compiled)), map: null };
    },
  };
}
