import { defineConfig } from "vitest/config";

/** Slow tests of the ground around the product: a fresh checkout, the packed tarball, the launcher. */
export default defineConfig({
  test: {
    include: ["test/setup/**/*.test.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: "forks",
    maxWorkers: 1,
  },
});
