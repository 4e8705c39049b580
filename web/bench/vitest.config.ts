import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { root: import.meta.dirname, include: ["**/*.bench.ts"], maxWorkers: 1, minWorkers: 1 },
});
