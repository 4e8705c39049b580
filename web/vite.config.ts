/// <reference types="vitest/config" />
import { readdirSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vite";
import { compressed } from "./build/compressed.ts";
import { messages } from "./build/messages.ts";

// A page is a file in src/pages; a language is a file in messages. Nothing else names them.
const named = (folder: string, ending: string) =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((name) => name.endsWith(ending) && !name.endsWith(`.test${ending}`))
    .map((name) => `${folder}/${name}`);

const begin =
  /src\/(api\/client|lib\/(clock|direction|draft|errors|i18n|later|live|mount|rolling|runs|status|ui|worker)\b(?!\.test)|parts\/(Rolling|Status|Words)\b)/;

export default defineConfig({
  json: { namedExports: false },
  plugins: [messages(), svelte(), svelteTesting(), compressed()],
  // The bindings ask for the full package, which brings the WebAssembly as base64; all of us use the slim one, and fetch it.
  resolve: {
    alias: [
      // The page's policy forbids code made of text, which the full one would try.
      { find: /^cbor-x$/, replacement: "cbor-x/index-no-eval" },
      { find: /^@automerge\/automerge$/, replacement: "@automerge/automerge/slim" },
    ],
  },
  build: {
    target: "es2022",
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    // Nothing is inlined: the page's policy lets only files run.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: [...named("src/pages", ".ts"), ...named("messages", ".json"), "src/sw.ts"],
      output: {
        // What every page begins with is one file: small ones compress badly, and each is one more request.
        manualChunks: (id) => (begin.test(id) ? "begin" : undefined),
        // The service worker is asked for by its name.
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
      // What a language's file exports is read at run time.
      preserveEntrySignatures: "strict",
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "build/**/*.test.ts"],
  },
});
