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

export default defineConfig({
  json: { namedExports: false },
  plugins: [messages(), svelte(), svelteTesting(), compressed()],
  build: {
    target: "es2022",
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    // Nothing is inlined: the page's policy lets only files run.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: [...named("src/pages", ".ts"), ...named("messages", ".json")],
      // What a language's file exports is read at run time.
      preserveEntrySignatures: "strict",
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "build/**/*.test.ts"],
  },
});
