import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { pageIcons } from "./scripts/page-icon.mjs";
import { pageWorker } from "./scripts/page-worker.mjs";

/** Where `vite` finds a running server while the page is being worked on. */
const { LEADSMART_API = "http://127.0.0.1:4100" } = process.env;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The page: `vite build` writes it to `dist/dashboard`; `vite` serves it and hands `/api` to a running server. */
export default defineConfig({
  root: here("dashboard"),
  base: "/",
  plugins: [react(), pageIcons(), pageWorker(here("dashboard/work/sw.ts"))],
  build: {
    outDir: here("dist/dashboard"),
    emptyOutDir: true,
    target: "es2022",
    // What is bundled is passed on, and its licences with it; set-up adds those of the fonts.
    license: { fileName: "licenses.md" },
    // The first browsers with light-dark(), which the colour tokens use as it stands.
    cssTarget: ["chrome123", "safari17.5", "firefox120"],
    // Inlined fonts and scripts would need a looser content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: { "/api": LEADSMART_API },
  },
});
