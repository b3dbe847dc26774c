// @ts-check
/**
 * `npm run bench -- NAME [--json] [--only PART,…] [--quick] [--large] [--scale N] [--world DIR]`: runs bench/NAME.ts against the built product.
 * --large also measures at the large world where that is not usual. --quick takes two seeded worlds instead of ten where there are several. --world DIR keeps the large world there and uses it again. With --json one array of rows `{name, ours, rival, ratio, unit, how}` on stdout; everything else goes to stderr.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

// Read once by libuv, at the first use of its pool; the product's own launcher does the same.
process.env.UV_THREADPOOL_SIZE ??= "16";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** A copy of the built product, so that a bench of many minutes measures one state while sources are edited. */
function stageProduct() {
  const product = mkdtempSync(path.join(os.tmpdir(), "leadsmart-product-"));
  for (const part of ["bin", "dist", "package.json"]) {
    cpSync(path.join(root, part), path.join(product, part), { recursive: true });
  }
  symlinkSync(path.join(root, "node_modules"), path.join(product, "node_modules"));
  process.once("exit", () => rmSync(product, { recursive: true, force: true }));
  return product;
}

/**
 * Bundles one bench; what it imports from src/ and sample/ is taken from the built product, where the SQL files lie.
 *
 * @param {string} name
 * @param {string} product
 */
async function bundle(name, product) {
  const { build } = await import("vite");
  const folder = path.join(root, "node_modules", ".cache", "leadsmart-bench");
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    build: {
      ssr: path.join(root, "bench", `${name}.ts`),
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      target: "node20",
      rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
    plugins: [
      {
        name: "built-product",
        enforce: "pre",
        resolveId(source, importer) {
          if (!source.startsWith(".") || importer === undefined) return null;
          const file = path.resolve(path.dirname(importer), source);
          const inside = path.relative(root, file);
          if (!/^(src|sample)[\\/]/.test(inside)) return null;
          const built = path.join(product, "dist", inside.replace(/\.ts$/, ".js"));
          return { id: pathToFileURL(built).href, external: true };
        },
      },
    ],
  });
  return path.join(folder, `${name}.mjs`);
}

/** @param {{ name: string, ours: number, rival: number | null, ratio: number | null, unit: string, how: string }[]} rows */
function table(rows) {
  const figure = (/** @type {number | null} */ x) =>
    x === null ? "—" : x >= 1000 ? Math.round(x).toLocaleString("en") : x.toPrecision(3);
  return rows
    .map(
      (row) =>
        `${row.name}\n  ours ${figure(row.ours)} ${row.unit} · rival ${figure(row.rival)} · ratio ${figure(row.ratio)}\n  ${row.how}\n`,
    )
    .join("\n");
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      only: { type: "string" },
      quick: { type: "boolean", default: false },
      large: { type: "boolean", default: false },
      scale: { type: "string" },
      world: { type: "string" },
    },
  });
  // A bench is a file with a folder of its parts beside it; other files of bench/ are shared.
  const known = readdirSync(path.join(root, "bench"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length))
    .filter((bench) => existsSync(path.join(root, "bench", bench)));
  const name = positionals[0] ?? "";
  if (!known.includes(name)) {
    console.error(`Say which bench: npm run bench -- ${known.join(" | ")} [--json]`);
    return 2;
  }
  const { setUp } = await import("./setup.mjs");
  await setUp(root);
  const product = stageProduct();
  const { run } = await import(pathToFileURL(await bundle(name, product)).href);
  const rows = await run({
    root,
    product,
    only: values.only?.split(",") ?? null,
    quick: values.quick,
    large: values.large,
    scale: values.scale === undefined ? 100 : Number(values.scale),
    world: values.world === undefined ? null : path.resolve(values.world),
    log: (/** @type {string} */ line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(values.json ? `${JSON.stringify(rows, null, 1)}\n` : table(rows));
  return 0;
}

process.exitCode = await main();
