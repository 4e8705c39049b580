/// <reference types="vitest/config" />
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig, type Rollup } from "vite";
import { compressed } from "./build/compressed.ts";
import { messages } from "./build/messages.ts";

// A page is a file in src/pages; a language is a file in messages. Nothing else names them.
const named = (folder: string, ending: string) =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((name) => name.endsWith(ending) && !name.endsWith(`.test${ending}`))
    .map((name) => `${folder}/${name}`);

/** What the first view builds on is one file: small files compress badly, and other pages are not to split it. */
function firstView(): (id: string, graph: Rollup.ManualChunkMeta) => string | undefined {
  const first = new Set<string>();
  const gather = (id: string, graph: Rollup.ManualChunkMeta) => {
    if (first.has(id)) return;
    first.add(id);
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) gather(next, graph);
  };
  const page = fileURLToPath(new URL("src/pages/draft.ts", import.meta.url));
  return (id, graph) => {
    if (first.size === 0) gather(page, graph);
    // Parts of Svelte that only other pages use, and that would come along with the rest of it.
    if (/svelte\/src\/.*\/bindings\/input/.test(id)) return "fields";
    if (
      /svelte\/src\/.*\/(elements\/(transitions|bindings\/(?!this|shared))|blocks\/(svelte-head|key)|loop|timing)/.test(
        id,
      )
    )
      return "more";
    return first.has(id) && id !== page && !/\.css|\.json/.test(id) ? "begin" : undefined;
  };
}

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
        manualChunks: firstView(),
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
    // How long something takes is not what is tested, and a machine may be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
