// @ts-check
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/**
 * Files under the given entries, relative to root with forward slashes, sorted; entries that do not exist are left out.
 *
 * @param {string} root
 * @param {readonly string[]} entries files and folders
 * @returns {string[]}
 */
export function filesUnder(root, entries) {
  const found = [];
  for (const entry of entries) {
    const place = path.join(root, entry);
    const stat = statSync(place, { throwIfNoEntry: false });
    if (stat?.isFile()) found.push(entry);
    if (!stat?.isDirectory()) continue;
    for (const item of readdirSync(place, { withFileTypes: true, recursive: true })) {
      if (!item.isFile()) continue;
      const file = path.relative(root, path.join(item.parentPath, item.name));
      found.push(file.split(path.sep).join("/"));
    }
  }
  return found.sort();
}

/**
 * SHA-256 over names and contents: equal digests mean equal inputs, whatever the clocks say.
 *
 * @param {string} root
 * @param {readonly string[]} entries files and folders
 */
export function digestOf(root, entries) {
  const hash = createHash("sha256");
  for (const file of filesUnder(root, entries)) {
    const bytes = readFileSync(path.join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}
