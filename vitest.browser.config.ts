import { defineConfig } from "vitest/config";

/**
 * The real page in a real Chromium against real servers. CHROMIUM_PATH names the browser; LEADSMART_PAGES how many
 * random filter combinations are looked at on Today (25), LEADSMART_FILTERS in all places (12), LEADSMART_SEED which ones.
 * LEADSMART_LOOKS=all looks at every width in every theme and language. LEADSMART_CRAWL=all presses everything as everybody, not only as a rep.
 */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    globalSetup: "test/browser/stage.ts",
    testTimeout: 300_000,
    hookTimeout: 180_000,
    pool: "forks",
    maxWorkers: 1,
  },
});
