import { defineConfig } from "vitest/config";

/** Children are killed in the middle of their work: slow, so apart from the other tests. LEADSMART_KILLS says how many. */
export default defineConfig({
  test: {
    include: ["test/kill/**/*.test.ts"],
    testTimeout: 1_800_000,
    hookTimeout: 300_000,
    pool: "forks",
    maxWorkers: 1,
  },
});
