import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Rooms whose code decides what the warehouse holds. */
const ROOMS = ["domain", "ingest", "quality", "marts"] as const;

let known: string | null = null;

/** Digest of the code that derives the warehouse; when it changes, the warehouse is made again. */
export function codeVersion(): string {
  if (known !== null) return known;
  const root = fileURLToPath(new URL("..", import.meta.url));
  const hash = createHash("sha256");
  for (const room of ROOMS) {
    const files = readdirSync(path.join(root, room), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ts|js|sql|json)$/.test(name))
      .sort();
    for (const name of files) {
      hash.update(`${room}/${name}\0`).update(readFileSync(path.join(root, room, name)));
    }
  }
  known = hash.digest("hex").slice(0, 16);
  return known;
}
