/** Every class of fault at three strengths in several seeded worlds: what the checks find of it, and what else they say. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Draw } from "../../sample/draw.ts";
import { writeWorld } from "../../sample/world.ts";
import type { BenchContext, BenchRow } from "../measure.ts";
import { MUTATIONS } from "./all-mutations.ts";
import { type Examined, examine } from "./examine.ts";
import { Ground } from "./ground.ts";
import { baselineOf, judge, type PlantedIn } from "./judge.ts";
import type { Mutation, Strength } from "./mutation.ts";
import { copyTables, readTables, type Tables } from "./tables.ts";

const STRENGTHS: readonly Strength[] = [1, 2, 3];
const SCALE = 0.06;

export async function cleanTables(seed: number, scale = SCALE): Promise<Tables> {
  const directory = mkdtempSync(path.join(os.tmpdir(), "leadsmart-world-"));
  try {
    await writeWorld({ directory, seed, scale, clean: true });
    return readTables(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Tally {
  planted: number;
  found: number;
  by: Set<string>;
  wronged: Map<string, number>;
  times: number;
}

export interface FaultAnswer {
  /** Per mutation and strength. */
  readonly recall: Map<string, Tally>;
  readonly rules: Map<string, { listed: number; strange: number }>;
  readonly clean: { seed: number; findings: readonly string[] }[];
  readonly strangers: string[];
}

/** @param seeds each a clean world; @param only ids or packs of mutations, null = all */
export async function examineFaults(
  seeds: readonly number[],
  only: readonly string[] | null,
  log: (line: string) => void,
): Promise<FaultAnswer> {
  const wanted = MUTATIONS.filter(
    (one) => only === null || only.includes(one.id) || only.includes(one.pack),
  );
  const packs = new Map<string, Mutation[]>();
  for (const one of wanted) packs.set(one.pack, [...(packs.get(one.pack) ?? []), one]);
  const answer: FaultAnswer = { recall: new Map(), rules: new Map(), clean: [], strangers: [] };
  for (const seed of seeds) {
    const tables = await cleanTables(seed);
    const quiet: Examined[] = await examine(tables);
    const told = quiet.map(({ finding }) => `${finding.severity} ${finding.rule}`);
    answer.clean.push({ seed, findings: told });
    const baseline = baselineOf(quiet);
    for (const [pack, mutations] of packs) {
      for (const strength of STRENGTHS) {
        const started = process.cpuUsage();
        const ground = new Ground(copyTables(tables), new Draw(seed, `${pack} ${strength}`));
        const planted: PlantedIn[] = [];
        for (const mutation of mutations) {
          const what = mutation.plant(ground, strength);
          if (what) planted.push({ mutation, planted: what });
        }
        if (planted.length === 0) continue;
        const examined = await examine(ground.tables).catch((error: unknown) => {
          log(
            `${pack} ${strength} seed ${seed}: ${error instanceof Error ? error.message : error}`,
          );
          return null;
        });
        if (examined === null) continue;
        const judged = judge(ground, planted, examined, baseline);
        for (const one of judged.recalls) {
          const id = `${one.mutation} ${strength}`;
          const tally = answer.recall.get(id) ?? {
            planted: 0,
            found: 0,
            by: new Set(),
            wronged: new Map(),
            times: 0,
          };
          tally.planted += one.planted;
          tally.found += one.found;
          tally.times++;
          for (const rule of one.by) tally.by.add(rule);
          for (const rule of one.wronged)
            tally.wronged.set(rule, (tally.wronged.get(rule) ?? 0) + 1);
          answer.recall.set(id, tally);
        }
        for (const [rule, rows] of judged.rules) {
          const sum = answer.rules.get(rule) ?? { listed: 0, strange: 0 };
          answer.rules.set(rule, {
            listed: sum.listed + rows.listed,
            strange: sum.strange + rows.strange,
          });
        }
        answer.strangers.push(
          ...judged.strangers.map((line) => `${pack} ${strength} seed ${seed}: ${line}`),
        );
        const used = process.cpuUsage(started);
        log(
          `seed ${seed} ${pack} ${strength}: ${((used.user + used.system) / 1e6).toFixed(1)} s of processor time`,
        );
      }
    }
  }
  return answer;
}

const percent = (part: number, whole: number) =>
  whole === 0 ? "—" : `${Math.round((100 * part) / whole)} %`;

/** The answer as lines for people. */
export function faultText(answer: FaultAnswer): string {
  const lines: string[] = [];
  for (const id of new Set([...answer.recall.keys()].map((one) => one.slice(0, -2)))) {
    const tallies = STRENGTHS.map((strength) => answer.recall.get(`${id} ${strength}`));
    const by = new Set(tallies.flatMap((one) => [...(one?.by ?? [])]));
    const decoy = id.startsWith("decoy");
    const figures = tallies.map((one) =>
      one === undefined
        ? "—"
        : decoy
          ? [...one.wronged].map(([rule, n]) => `${rule}×${n}`).join(" ") || "quiet"
          : percent(one.found, one.planted),
    );
    lines.push(
      `${id.padEnd(40)} ${figures.map((one) => one.padStart(6)).join(" ")}   ${decoy ? "" : [...by].join(" ")}`,
    );
  }
  lines.push("", "rule: rows listed beyond the clean world's, rows that touch nothing planted");
  for (const [rule, { listed, strange }] of [...answer.rules].sort())
    lines.push(
      `${rule.padEnd(30)} ${String(listed).padStart(7)} ${String(strange).padStart(7)}   precision ${percent(listed - strange, listed)}`,
    );
  lines.push(
    "",
    ...answer.clean.map(
      ({ seed, findings }) => `clean world ${seed}: ${findings.length}: ${findings.join(", ")}`,
    ),
  );
  lines.push("", ...answer.strangers);
  return lines.join("\n");
}

export async function faultRows(context: BenchContext): Promise<BenchRow[]> {
  const seeds = seedsOf(context);
  const answer = await examineFaults(seeds, null, context.log);
  context.log(faultText(answer));
  const rows: BenchRow[] = [...answer.recall]
    .filter(([id]) => !id.startsWith("decoy"))
    .map(([id, one]) => ({
      name: `recall ${id.slice(0, -2)}, strength ${id.slice(-1)}`,
      ours: one.found / one.planted,
      rival: null,
      ratio: null,
      unit: "share of planted places",
      how: `${one.found} of ${one.planted} places in ${one.times} worlds; named by ${[...one.by].join(", ") || "nobody"}`,
    }));
  for (const [rule, { listed, strange }] of answer.rules) {
    if (listed === 0) continue;
    rows.push({
      name: `precision ${rule}`,
      ours: (listed - strange) / listed,
      rival: null,
      ratio: null,
      unit: "share of listed rows",
      how: `${listed} rows beyond what it lists in the same clean world, ${strange} of them touch nothing planted`,
    });
  }
  for (const [id, one] of answer.recall) {
    if (!id.startsWith("decoy")) continue;
    rows.push({
      name: `decoy ${id.slice(6)}`,
      ours: [...one.wronged.values()].reduce((a, b) => a + b, 0),
      rival: null,
      ratio: null,
      unit: "false findings",
      how: `in ${one.times} worlds: ${[...one.wronged.keys()].join(", ") || "quiet"}`,
    });
  }
  return rows;
}

const seedsOf = ({ quick }: BenchContext) =>
  Array.from({ length: quick ? 2 : 10 }, (_, i) => i + 1);

/** What is found where nothing was planted. */
export async function cleanRows(context: BenchContext): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const seeds = seedsOf(context);
  for (const scale of [0.03, 0.1]) {
    let most = 0;
    const loud: string[] = [];
    const told = new Map<string, number>();
    for (const seed of seeds) {
      const found = await examine(await cleanTables(seed, scale));
      most = Math.max(most, found.length);
      for (const { finding } of found) {
        told.set(finding.rule, (told.get(finding.rule) ?? 0) + 1);
        if (finding.severity !== "info")
          loud.push(`seed ${seed} ${finding.severity} ${finding.rule}`);
        context.log(
          `clean ${seed} ×${scale}: ${finding.severity} ${finding.rule}: ${finding.sentence.en}`,
        );
      }
    }
    const rules = [...told].map(([rule, n]) => `${rule} ${n}`).join(", ");
    rows.push(
      {
        name: `findings on a clean world ×${scale}, at most`,
        ours: most,
        rival: null,
        ratio: null,
        unit: "findings",
        how: `${seeds.length} worlds, target 5; worlds by rule: ${rules}`,
      },
      {
        name: `findings on clean worlds ×${scale} that are more than info`,
        ours: loud.length,
        rival: null,
        ratio: null,
        unit: "findings",
        how: `${seeds.length} worlds, target 0${loud.length > 0 ? `: ${loud.join(", ")}` : ""}`,
      },
    );
  }
  return rows;
}
