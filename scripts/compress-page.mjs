// @ts-check
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { filesUnder } from "./digest.mjs";

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Below this, or already packed (fonts, pictures), compressing saves nothing. */
const THRESHOLD_BYTES = 1024;
const COMPRESSIBLE = /\.(js|css|svg|json|webmanifest)$/;

/**
 * Puts `.br` and `.gz` beside every text file of the built page, once and at full strength, for the server to send.
 *
 * @param {string} folder the built page
 */
export async function compressPage(folder) {
  const files = filesUnder(folder, ["."]).filter((file) => COMPRESSIBLE.test(file));
  await Promise.all(
    files.map(async (file) => {
      const place = path.join(folder, file);
      const bytes = readFileSync(place);
      if (bytes.length <= THRESHOLD_BYTES) return;
      writeFileSync(`${place}.br`, await brotli(bytes));
      writeFileSync(`${place}.gz`, await gzipped(bytes, { level: 9 }));
    }),
  );
}
