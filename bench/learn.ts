/** Forests and boosting against those of scikit-learn, XGBoost and R's ranger: time, memory and ranking in one run. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { explained } from "./learn/explain.ts";
import { type Matrix, synthetic, written } from "./learn/matrices.ts";
import { publicMatrices } from "./learn/public.ts";
import { ours, python, type Run, ranger } from "./learn/runs.ts";
import { type BenchContext, type BenchRow, lowerIsBetter, othersAtWork } from "./measure.ts";

/** Boosting of so many rows takes tenths of a second. */
const QUICK_ROWS = 100_000;

/** Seconds of a fit from which on it is not repeated for its memory alone. */
const LONG_FIT = 60;

/** Times of several fits; memory of a process that learns once, where nothing is left of models before. */
async function measured<R extends Run | null>(
  repeats: number,
  run: (repeats: number) => Promise<R>,
): Promise<R> {
  const all = await run(repeats);
  if (all === null || repeats === 1 || all.fit > LONG_FIT) return all;
  const once = await run(1);
  return once === null ? all : { ...all, peak: once.peak };
}

interface Contest {
  readonly part: string;
  readonly title: string;
  readonly kind: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** What is asked of us: our time as a share of theirs, and how much lower our AUC may be. */
  readonly rivals: readonly {
    readonly name: string;
    readonly share: number | null;
    readonly lower: number;
    run(context: BenchContext, folder: string, repeats: number): Promise<Run | null>;
  }[];
}

const forest = (depth: number | null, share: number): Contest => ({
  part: depth === null ? "deep" : "forest",
  title: `forest of 200 trees, ${depth === null ? "unlimited depth" : `depth ${depth}`}`,
  kind: "forest",
  options: { trees: 200, maxDepth: depth, minLeafRows: 1, outOfBag: false, seed: 1 },
  rivals: [
    {
      name: "scikit-learn",
      share,
      lower: 0.003,
      run: (context, folder, repeats) =>
        python(context, folder, "forest", { n_estimators: 200, max_depth: depth }, repeats),
    },
    {
      name: "ranger",
      share: null,
      lower: 0.003,
      run: (context, folder, repeats) => ranger(context, folder, 200, depth ?? 0, repeats),
    },
  ],
});

const CONTESTS: readonly Contest[] = [
  forest(10, 1 / 10),
  forest(null, 1 / 4),
  {
    part: "boosting",
    title: "boosting, 100 rounds of 31 leaves",
    kind: "boosting",
    options: { rounds: 100, maxLeaves: 31, learningRate: 0.1, seed: 1 },
    rivals: [
      {
        name: "scikit-learn",
        share: 1,
        lower: 0.0005,
        run: (context, folder, repeats) =>
          python(context, folder, "histogram", { max_iter: 100, max_leaf_nodes: 31 }, repeats),
      },
      {
        name: "XGBoost",
        share: 1.3,
        lower: 0.0005,
        run: (context, folder, repeats) =>
          python(
            context,
            folder,
            "xgboost",
            {
              n_estimators: 100,
              max_leaves: 31,
              max_depth: 0,
              grow_policy: "lossguide",
              learning_rate: 0.1,
            },
            repeats,
          ),
      },
    ],
  },
];

function rowsOf(
  contest: Contest,
  matrix: Matrix,
  us: Run,
  rivals: readonly (Run | null)[],
): BenchRow[] {
  const on = `${contest.title}, ${matrix.name}`;
  const tested = matrix.rows - matrix.train;
  return contest.rivals.flatMap((rival, i) => {
    const them = rivals[i];
    if (!them) return [];
    const against = `against ${rival.name} (${them.version})`;
    const how = `${matrix.train} rows learnt, ${tested} predicted, ${matrix.columns} columns; medians of ${us.repeats} fits in one process, binning included (ours ${us.first.toFixed(2)} s the first time, rival ${them.first.toFixed(2)} s); processor time ${us.processor?.toFixed(1)} s (rival ${them.processor?.toFixed(1) ?? "—"} s)`;
    const aim = rival.share === null ? "" : `; target ≤ ${rival.share} of its time`;
    return [
      lowerIsBetter(`${on}: fit ${against}`, us.fit, them.fit, "s", how + aim),
      lowerIsBetter(
        `${on}: predict ${against}`,
        us.predict,
        them.predict,
        "s",
        `${tested} rows, by a model that has predicted before, all cores on both sides; ours ${us.predictAlone?.toFixed(3) ?? "—"} s on one thread${rival.name === "scikit-learn" ? "; target ratio ≥ 3" : ""}`,
      ),
      lowerIsBetter(
        `${on}: a model's first prediction ${against}`,
        us.predictFirst,
        them.predictFirst,
        "s",
        `${tested} rows, what is prepared included`,
      ),
      {
        name: `${on}: AUC ${against}`,
        ours: us.auc,
        rival: them.auc,
        ratio: us.auc / them.auc,
        unit: "AUC",
        how: `difference ${(us.auc - them.auc).toFixed(5)}; target ≥ −${rival.lower}`,
      },
      ...(them.row === null || us.row === null
        ? []
        : [lowerIsBetter(`${on}: one row ${against}`, us.row, them.row, "µs", "target ≤ 20 µs")]),
      ...(them.peak === null || us.peak === null
        ? []
        : [
            lowerIsBetter(
              `${on}: peak memory ${against}`,
              us.peak,
              them.peak,
              "MB",
              "of the whole process, the matrix included; target ≤ the rival's",
            ),
          ]),
    ];
  });
}

/** @returns the rows of every part asked for: forest, deep, boosting, explain; the first three on small, large and public matrices */
export async function run(context: BenchContext): Promise<BenchRow[]> {
  const wants = (part: string) => context.only === null || context.only.includes(part);
  const sizes = ["small", "large", "public"].filter(wants);
  const asked = CONTESTS.filter((one) => wants(one.part));
  const explain = wants("explain");
  const contests = asked.length > 0 || explain ? asked : CONTESTS;
  const all = sizes.length > 0 ? sizes : ["small", "large", "public"];
  const chosen = contests.length > 0 ? all : [];
  const scratch = mkdtempSync(path.join(os.tmpdir(), "leadsmart-learn-"));
  const note = othersAtWork();
  const rows: BenchRow[] = [];
  try {
    const matrices: Matrix[] = [
      ...(chosen.includes("small") ? [synthetic(57_000, 11, 11)] : []),
      ...(chosen.includes("public")
        ? await publicMatrices(path.join(context.root, "..", "shared", "data", "public"))
        : []),
      ...(chosen.includes("large") ? [synthetic(1_000_000, 20, 20)] : []),
    ];
    for (const matrix of matrices) {
      const folder = written(matrix, scratch);
      for (const contest of contests) {
        // The quicker a fit, the more of its clock time is chance: fits of tenths of a second are repeated more often.
        const quick = contest.kind === "boosting" && matrix.rows <= QUICK_ROWS;
        const repeats = context.quick ? 1 : quick ? 15 : 5;
        const us = await measured(repeats, (times) =>
          ours(context, folder, contest.kind, contest.options, times),
        );
        context.log(
          `${contest.title}, ${matrix.name}: ${us.fit.toFixed(2)} s, AUC ${us.auc.toFixed(5)}`,
        );
        const rivals: (Run | null)[] = [];
        for (const rival of contest.rivals) {
          const them = await measured(repeats, (times) => rival.run(context, folder, times));
          if (them)
            context.log(`  ${rival.name}: ${them.fit.toFixed(2)} s, AUC ${them.auc.toFixed(5)}`);
          rivals.push(them);
        }
        rows.push(...rowsOf(contest, matrix, us, rivals));
      }
      rmSync(folder, { recursive: true, force: true });
    }
    if (explain) rows.push(...(await explained(context, scratch, context.quick ? 1 : 5)));
    return rows.map((row) => ({ ...row, how: row.how + note }));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
