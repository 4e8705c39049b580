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

/**
 * What the first view builds on is one file, and so is each of the two that are wanted right after it: small files compress
 * badly, every one of them waits for a weak line, and other pages are not to split them.
 */
function firstView(): (id: string, graph: Rollup.ManualChunkMeta) => string | undefined {
  const files = new Map<string, string>();
  const gather = (name: string, id: string, graph: Rollup.ManualChunkMeta) => {
    if (files.has(id)) return;
    files.set(id, name);
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) gather(name, next, graph);
  };
  const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const page = at("src/pages/draft.ts");
  return (id, graph) => {
    if (files.size === 0) {
      gather("begin", page, graph);
      gather("panel", at("src/parts/Panel.svelte"), graph);
      gather("tools", at("src/parts/Tools.svelte"), graph);
    }
    // Parts of Svelte that only other pages use, and that would come along with the rest of it.
    if (/svelte\/src\/.*\/bindings\/input/.test(id)) return "panel";
    if (/svelte\/src\/.*\/(bindings\/select|blocks\/(svelte-head|key))/.test(id)) return "tools";
    if (/svelte\/src\/.*\/(elements\/(transitions|bindings\/(?!this|shared))|loop|timing)/.test(id))
      return "more";
    return id !== page && !/\.json/.test(id) && !(/\.css/.test(id) && files.get(id) === "begin")
      ? files.get(id)
      : undefined;
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
