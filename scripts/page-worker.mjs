// @ts-check
/** Builds the service worker: one file, which knows the build's own name and the files that My leads needs. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { build } from "vite";

/** Chunks that My leads is made of, by name; what they import comes along. */
const WANTED = new Set(["index", "my-leads", "en", "ar"]);
/** Of the fonts, the scripts that names are written in. */
const FONTS = /noto-sans-(?:latin|arabic-arabic)-wght[^/]*\.woff2$/;
/** Of the files beside the bundle; the index is kept under its own name. */
const BESIDE = ["boot.js", "icon.svg", "manifest.webmanifest"];
const DRAWN = ["icon-192.png", "icon-512.png"];

/**
 * @param {import("vite").Rolldown.OutputBundle} bundle
 * @returns {string[]} addresses, sorted
 */
function filesOf(bundle) {
  /** @type {Set<string>} */
  const files = new Set();
  /** @param {string} name */
  const take = (name) => {
    if (files.has(name)) return;
    files.add(name);
    const chunk = bundle[name];
    if (chunk?.type !== "chunk") return;
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
    for (const next of chunk.imports) take(next);
  };
  for (const [name, file] of Object.entries(bundle)) {
    if (file.type === "chunk" && (file.isEntry || WANTED.has(file.name))) take(name);
    if (FONTS.test(name)) files.add(name);
  }
  return [...files, ...BESIDE, ...DRAWN].map((name) => `/${name}`).sort();
}

/**
 * @param {string} entry the worker's source
 * @returns {import("vite").Plugin}
 */
export function pageWorker(entry) {
  let publicDirectory = "";
  return {
    name: "leadsmart-worker",
    apply: "build",
    enforce: "post",
    configResolved(config) {
      publicDirectory = config.publicDir;
    },
    async generateBundle(_options, bundle) {
      const files = filesOf(bundle);
      const digest = createHash("sha256").update(Object.keys(bundle).sort().join("\n"));
      for (const name of readdirSync(publicDirectory).sort())
        digest.update(readFileSync(path.join(publicDirectory, name)));
      digest.update(readFileSync(entry));
      const built = { version: digest.digest("hex").slice(0, 16), files };
      const made = await build({
        configFile: false,
        logLevel: "error",
        publicDir: false,
        define: { BUILD: JSON.stringify(built) },
        build: {
          write: false,
          target: "es2022",
          rolldownOptions: { input: entry, output: { format: "iife", entryFileNames: "sw.js" } },
        },
      });
      const [output] = Array.isArray(made) ? made : [made];
      const code = output && "output" in output ? output.output[0].code : "";
      this.emitFile({ type: "asset", fileName: "sw.js", source: code });
    },
  };
}
