/** The contract of src/learn/model.ts, held for every learner on rows of all kinds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isProblem } from "../../src/base/problem.ts";
import { type Column, type Dataset, datasetOf, takeRows } from "../../src/dataset/dataset.ts";
import type { Model, Task } from "../../src/learn/model.ts";
import { modelFromJSON } from "../../src/learn/read-model.ts";
import { CLASSES, type Entry, rowsFor, TABLE } from "./contract-rows.ts";

const RUNS = { numRuns: 12, endOnFailure: true };
const code = (name: string) => expect.objectContaining({ code: name });

const cases = TABLE.flatMap((entry) => entry.tasks.map((task) => ({ ...entry, task })));

describe.each(cases)("$learner.kind, $task", ({ learner, options, task }) => {
  const holds = (law: (rows: Dataset, model: Model) => void | Promise<void>) =>
    fc.assert(
      fc.asyncProperty(rowsFor(task), async (rows) => {
        await law(rows, await learner.fit(rows, options));
      }),
      RUNS,
    );

  it("says what it is of, and probabilities or values, one lot per row", () =>
    holds((rows, model) => {
      expect(model.kind).toBe(learner.kind);
      expect(model.task).toBe(task);
      expect(model.classes).toEqual(task === "regression" ? null : CLASSES[task]);
      expect(model.features.map(({ name }) => name)).toEqual(rows.columns.map(({ name }) => name));
      checkPredictions(model.predict(rows), rows.rows, task);
    }));

  it("explains each prediction in full", () =>
    holds((rows, model) => {
      expect(unexplained(model, rows)).toBeLessThan(1e-9);
    }));

  it("is written as JSON and read again, equal to the bit", () =>
    holds((rows, model) => {
      const text = JSON.stringify(model);
      for (const again of [learner.fromJSON(JSON.parse(text)), modelFromJSON(JSON.parse(text))]) {
        expect(again.predict(rows)).toEqual(model.predict(rows));
        expect(again.explain(rows)).toEqual(model.explain(rows));
        expect(JSON.stringify(again)).toBe(text);
      }
      expect(Object.keys(JSON.parse(text)).slice(0, 2)).toEqual(["kind", "version"]);
    }));

  it("is the same when trained again, and leaves its rows as they were", () =>
    holds(async (rows, model) => {
      const before = structuredClone(rows);
      const again = await learner.fit(rows, options);
      again.predict(rows);
      again.explain(rows);
      expect(rows).toEqual(before);
      expect(JSON.stringify(again)).toBe(JSON.stringify(model));
    }));

  it("predicts each row by itself: in any order, alone, and none", () =>
    holds((rows, model) => {
      const all = model.predict(rows);
      const width = all.length / rows.rows;
      const turned = Uint32Array.from({ length: rows.rows }, (_, i) => rows.rows - 1 - i);
      const back = model.predict(takeRows(rows, turned));
      turned.forEach((row, i) => {
        const own = all.subarray(row * width, (row + 1) * width);
        expect(back.subarray(i * width, (i + 1) * width)).toEqual(own);
        expect(model.predict(takeRows(rows, Uint32Array.of(row)))).toEqual(own);
      });
      const none = takeRows(rows, new Uint32Array(0));
      expect(model.predict(none)).toHaveLength(0);
      expect(model.explain(none).values).toHaveLength(0);
    }));

  it("finds its columns by name and its levels by text, and needs no target", () =>
    holds((rows, model) => {
      const extra: Column = { kind: "boolean", name: "extra", values: new Int8Array(rows.rows) };
      const other = datasetOf([extra, ...rows.columns.toReversed().map(levelsTurned)]);
      expect(model.predict(other)).toEqual(model.predict(rows));
      expect(model.explain(other)).toEqual(model.explain(rows));
    }));

  it("takes a level that it never saw for missing", () =>
    holds((rows, model) => {
      const unseen = datasetOf(rows.columns.map((column) => allLevels(column, ["new"], 0)));
      const missing = datasetOf(rows.columns.map((column) => allLevels(column, [], -1)));
      expect(model.predict(unseen)).toEqual(model.predict(missing));
      checkPredictions(model.predict(unseen), rows.rows, task);
    }));

  it("refuses rows without one of its columns, or with one of another kind", () =>
    holds((rows, model) => {
      rows.columns.forEach((column, place) => {
        const without = rows.columns.filter((_, i) => i !== place);
        const rest = without.length > 0 ? without : [{ ...column, name: "other" }];
        const turned = rows.columns.map((one, i) => (i === place ? ofOtherKind(one) : one));
        for (const ask of ["predict", "explain"] as const) {
          expect(() => model[ask](datasetOf(rest))).toThrow(code("LEARN_COLUMN_MISSING"));
          expect(() => model[ask](datasetOf(turned))).toThrow(code("LEARN_COLUMN_KIND"));
        }
      });
    }));

  it("reads nothing but what it wrote: another version or kind, and no part of another form", () =>
    fc.assert(
      fc.asyncProperty(rowsFor(task), fc.nat(), async (rows, salt) => {
        const model = await learner.fit(rows, options);
        const json = JSON.parse(JSON.stringify(model));
        for (const bad of [
          { ...json, version: json.version + 1 },
          { ...json, version: "1" },
          { ...json, kind: "other" },
          { ...json, task: "other" },
          { ...json, features: [] },
          { ...json, classes: json.classes === null ? ["a", "b"] : null },
          null,
          [],
          "model",
        ])
          expect(() => learner.fromJSON(bad)).toThrow(code("MODEL_UNREADABLE"));
        // Wherever a part is of another form or missing, it is refused; a changed number may still be a model.
        const changes = tamperings(json);
        const stride = Math.ceil(changes.length / 120);
        for (let i = salt % stride; i < changes.length; i += stride) {
          const { path, lost, changed } = changes[i]!;
          let read: Model;
          try {
            read = learner.fromJSON(changed());
          } catch (error) {
            expect(isProblem(error) && error.code, `${path}: ${String(error)}`).toBe(
              "MODEL_UNREADABLE",
            );
            continue;
          }
          expect(lost, path).toBe(false);
          if (read.features.every(({ name }, f) => name === model.features[f]?.name))
            expect(asked(read, rows), path).toBe(true);
        }
      }),
      { numRuns: 6, endOnFailure: true },
    ));
});

/** Whether a model answers with so many numbers, or by a Problem where its features are of other kinds. */
function asked(model: Model, rows: Dataset): boolean {
  try {
    const width = model.task === "multiclass" ? (model.classes?.length ?? 0) : 1;
    return model.predict(rows).length === rows.rows * width;
  } catch (error) {
    return isProblem(error) && error.code.startsWith("LEARN_COLUMN");
  }
}

const FORMS: readonly unknown[] = [null, "x", -7, 0.5, 1e300, [], {}, true];

interface Tampering {
  readonly path: string;
  /** A named part is gone that every such model has. */
  readonly lost: boolean;
  readonly changed: () => unknown;
}

/** JSON with one part changed, for every part and in every form. */
function tamperings(json: unknown): Tampering[] {
  return pathsOf(json).flatMap((path) => {
    const inCopy = (change: (holder: Record<string, unknown>, key: string) => void) => () => {
      const copy = structuredClone(json);
      let at = copy as Record<string, unknown>;
      for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
      change(at, path.at(-1) ?? "");
      return copy;
    };
    const told = path.join(".");
    const named = Number.isNaN(Number(path.at(-1)));
    return [
      ...FORMS.map((form) => ({
        path: `${told} is ${JSON.stringify(form)}`,
        lost: false,
        changed: inCopy((holder, key) => {
          holder[key] = form;
        }),
      })),
      {
        path: `${told} is cut`,
        lost: false,
        changed: inCopy((holder, key) => {
          const part = holder[key];
          holder[key] = typeof part === "string" || Array.isArray(part) ? part.slice(1) : 1;
        }),
      },
      {
        path: `${told} is not there`,
        lost: named && path[0] !== "rules",
        changed: inCopy((holder, key) => {
          if (Array.isArray(holder)) holder.splice(Number(key), 1);
          else delete holder[key];
        }),
      },
    ];
  });
}

function pathsOf(json: unknown): string[][] {
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, part]) => [
    [key],
    ...pathsOf(part).map((path) => [key, ...path]),
  ]);
}

function checkPredictions(predicted: Float64Array, rows: number, task: Task): void {
  const width = task === "multiclass" ? CLASSES.multiclass.length : 1;
  expect(predicted).toHaveLength(rows * width);
  for (let at = 0; at < predicted.length; at += width) {
    const own = predicted.subarray(at, at + width);
    expect(own.every((one) => Number.isFinite(one))).toBe(true);
    if (task === "regression") continue;
    expect(own.every((one) => one >= 0 && one <= 1)).toBe(true);
    if (task === "multiclass") expect(own.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
  }
}

/** How far base + Σ values are at most from what is predicted; of values relative to their size. */
function unexplained(model: Model, rows: Dataset): number {
  const { scale, features, outputs, base, values } = model.explain(rows);
  expect(features).toEqual(model.features);
  expect(base).toHaveLength(outputs);
  expect(values).toHaveLength(rows.rows * features.length * outputs);
  const predicted = model.predict(rows);
  let most = 0;
  for (let row = 0; row < rows.rows; row++) {
    const sums = Array.from(base);
    for (let f = 0; f < features.length; f++)
      for (let k = 0; k < outputs; k++)
        sums[k]! += values[(row * features.length + f) * outputs + k]!;
    const said = scale === "log-odds" ? shares(sums) : sums;
    said.forEach((one, k) => {
      const wanted = predicted[row * outputs + k]!;
      most = Math.max(most, Math.abs(one - wanted) / Math.max(1, Math.abs(wanted)));
    });
  }
  return most;
}

function shares(scores: readonly number[]): number[] {
  if (scores.length === 1) return [1 / (1 + Math.exp(-scores[0]!))];
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((all, one) => all + one, 0);
  return powers.map((one) => one / sum);
}

/** The same column with its levels in another order. */
function levelsTurned(column: Column): Column {
  if (column.kind !== "categorical") return column;
  const last = column.levels.length - 1;
  return {
    ...column,
    levels: column.levels.toReversed(),
    codes: column.codes.map((level) => (level < 0 ? -1 : last - level)),
  };
}

function allLevels(column: Column, levels: readonly string[], level: number): Column {
  if (column.kind !== "categorical") return column;
  return { ...column, levels, codes: new Int32Array(column.codes.length).fill(level) };
}

function ofOtherKind(column: Column): Column {
  const { name } = column;
  if (column.kind === "boolean")
    return { kind: "numeric", name, values: new Float64Array(column.values.length) };
  const rows = column.kind === "categorical" ? column.codes.length : column.values.length;
  return { kind: "boolean", name, values: new Int8Array(rows) };
}

const x = (length: number) =>
  ({ kind: "numeric", name: "x", values: Float64Array.from({ length }, (_, i) => i) }) as const;
const yes = (codes: number[], classes: readonly string[]) =>
  ({ kind: "class", codes: Int32Array.from(codes), classes }) as const;
const values = (...all: number[]) => ({ kind: "value", values: Float64Array.from(all) }) as const;

describe.each(TABLE)("$learner.kind", ({ learner, options, tasks, wrong }: Entry) => {
  const task = tasks[0] as Task;
  const train = (rows: Dataset, given: object = options) => learner.fit(rows, given);
  const target = task === "regression" ? values(1, 2, 3) : yes([0, 1, 0], CLASSES[task]);
  const fine = datasetOf([x(3)], { target });

  it("refuses rows that cannot be learnt from, each by its code", async () => {
    const rowless = datasetOf([x(0)], {
      target: target.kind === "class" ? { ...target, codes: new Int32Array(0) } : values(),
    });
    await expect(train(rowless)).rejects.toThrow(code("LEARN_EMPTY"));
    await expect(train(datasetOf([], { target }))).rejects.toThrow(code("LEARN_EMPTY"));
    await expect(train(datasetOf([x(3)]))).rejects.toThrow(code("LEARN_TARGET"));
    const weightless = datasetOf([x(3)], { target, weights: new Float64Array(3) });
    await expect(train(weightless)).rejects.toThrow(code("LEARN_WEIGHTS"));
    expect(() => datasetOf([x(1)], { target: values(Number.NaN) })).toThrow(code("DATASET_VALUE"));
  });

  it("refuses a target of a task that it does not do", async () => {
    if (!tasks.includes("regression"))
      await expect(train(datasetOf([x(3)], { target: values(1, 2, 3) }))).rejects.toThrow(
        code("LEARN_TARGET"),
      );
    for (const other of ["binary", "multiclass"] as const)
      if (!tasks.includes(other)) {
        const rows = datasetOf([x(3)], { target: yes([0, 1, 0], CLASSES[other]) });
        await expect(train(rows)).rejects.toThrow(code("LEARN_TARGET"));
      }
  });

  it("refuses one class, also where the others have no weight", async () => {
    if (target.kind !== "class") return;
    const one = datasetOf([x(3)], { target: { ...target, codes: Int32Array.of(1, 1, 1) } });
    await expect(train(one)).rejects.toThrow(code("LEARN_ONE_CLASS"));
    const weightless = datasetOf([x(3)], { target, weights: Float64Array.of(1, 0, 2) });
    await expect(train(weightless)).rejects.toThrow(code("LEARN_ONE_CLASS"));
  });

  it("gives a constant for a constant target", async () => {
    if (!tasks.includes("regression")) return;
    for (const constant of [0.1, -7e90, 0]) {
      const rows = datasetOf([x(4)], { target: values(constant, constant, constant, constant) });
      const model = await train(rows);
      for (const said of model.predict(rows))
        expect(Math.abs(said - constant)).toBeLessThanOrEqual(Math.abs(constant) * 1e-12);
      expect(
        model.explain(rows).values.every((one) => Math.abs(one) <= 1e-9 * Math.abs(constant)),
      ).toBe(true);
    }
  });

  it("refuses options out of their range and names that are none", async () => {
    for (const bad of [...wrong, { notAnOption: 1 }])
      await expect(train(fine, bad), JSON.stringify(bad)).rejects.toThrow(code("LEARN_OPTION"));
    await expect(train(fine, {})).resolves.toBeDefined();
  });

  it("stops before it is done when the signal was given before", async () => {
    const signal = AbortSignal.abort(new Error("stopped"));
    await expect(learner.fit(fine, options, { signal })).rejects.toThrow("stopped");
  });

  it("learns from columns that say nothing: constant, missing throughout, without a level", async () => {
    const blank = (length: number): Column[] => [
      { kind: "numeric", name: "constant", values: new Float64Array(length).fill(3) },
      { kind: "numeric", name: "missing", values: new Float64Array(length).fill(Number.NaN) },
      { kind: "categorical", name: "level", codes: new Int32Array(length).fill(-1), levels: [] },
      { kind: "boolean", name: "truth", values: new Int8Array(length).fill(-1) },
      { kind: "time", name: "time", values: new Float64Array(length).fill(1e12) },
    ];
    const model = await train(datasetOf(blank(3), { target }));
    const asked = datasetOf([
      { kind: "numeric", name: "constant", values: Float64Array.of(3, 99, Number.NaN) },
      { kind: "numeric", name: "missing", values: Float64Array.of(1, 2, Number.NaN) },
      { kind: "categorical", name: "level", codes: Int32Array.of(0, 0, -1), levels: ["new"] },
      { kind: "boolean", name: "truth", values: Int8Array.of(0, 1, -1) },
      { kind: "time", name: "time", values: Float64Array.of(0, 1e13, Number.NaN) },
    ]);
    checkPredictions(model.predict(asked), 3, task);
    expect(unexplained(model, asked)).toBeLessThan(1e-9);
  });
});
