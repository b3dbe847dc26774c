import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const FLOORS: readonly (readonly string[])[] = [
  ["base"],
  ["domain", "dataset"],
  ["store", "warehouse", "learn", "stats", "contract"],
  [
    "ingest",
    "quality",
    "marts",
    "explore",
    "features",
    "evaluate",
    "forecast",
    "experiment",
    "registry",
    "agent",
  ],
  ["decide", "report", "monitor"],
  ["workflows"],
  ["api", "voice", "cli"],
];
const floorOf = new Map(
  FLOORS.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)),
);

/** Every way a module can name another: import/export from, side-effect import, import(), new URL. */
const REFERENCE =
  /(?:\bfrom\s+|\bimport\s+|\bimport\s*\(\s*|\bnew\s+URL\s*\(\s*)["'](\.{1,2}\/[^"']+)["']/g;

function references(text: string): string[] {
  return [...text.matchAll(REFERENCE)].map(([, target]) => target as string);
}

function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  );
}

it("imports go down, never up or across", () => {
  const wrong: string[] = [];
  for (const file of sourcesUnder("src")) {
    if (!file.includes(path.sep)) continue; // main.ts wires all rooms
    const from = file.split(path.sep)[0] as string;
    if (!floorOf.has(from)) wrong.push(`${file}: the room ${from} has no floor`);
    for (const target of references(readFileSync(path.join("src", file), "utf8"))) {
      const resolved = path.normalize(path.join(path.dirname(file), target));
      const to = resolved.split(path.sep)[0] as string;
      if (to === from) continue;
      const down = (floorOf.get(to) ?? Number.POSITIVE_INFINITY) < (floorOf.get(from) ?? -1);
      if (!down) wrong.push(`${file} imports ${target}`);
    }
  }
  expect(wrong).toEqual([]);
});

it("the page knows the contract and nothing else of the server", () => {
  const wrong: string[] = [];
  for (const file of sourcesUnder("dashboard")) {
    for (const target of references(readFileSync(path.join("dashboard", file), "utf8"))) {
      const resolved = path.normalize(path.join("dashboard", path.dirname(file), target));
      const outside = !resolved.startsWith(`dashboard${path.sep}`);
      if (outside && !resolved.startsWith(path.join("src", "contract")))
        wrong.push(`${file}: ${target}`);
    }
  }
  expect(wrong).toEqual([]);
});

it("the house stands on SQL in one place only: the ground and the contract know none", () => {
  const wrong = ["base", "domain", "contract"].flatMap((room) =>
    sourcesUnder(path.join("src", room)).filter((file) =>
      /\bSELECT\b.*\bFROM\b/s.test(readFileSync(path.join("src", room, file), "utf8")),
    ),
  );
  expect(wrong).toEqual([]);
});

it("sees side-effect imports, import() and new URL as well", () => {
  const text = `import "../api/x.ts"; await import('../api/y.ts'); new URL("../api/z.sql", import.meta.url)`;
  expect(references(text)).toEqual(["../api/x.ts", "../api/y.ts", "../api/z.sql"]);
});
