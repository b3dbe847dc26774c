import { describe, expect, it } from "vitest";
import { datasetOf, type Target } from "../../src/dataset/dataset.ts";
import {
  checkTraining,
  classesToLearn,
  optionsOver,
  trainingTarget,
  valuesToLearn,
} from "../../src/learn/checks.ts";
import { type ClassWeights, rowWeights } from "../../src/learn/class-weights.ts";

const classes = (codes: number[], names = ["no", "yes"]): Target => ({
  kind: "class",
  codes: Int32Array.from(codes),
  classes: names,
});
const values = (...numbers: number[]): Target => ({
  kind: "value",
  values: Float64Array.from(numbers),
});
const rowsWith = (target: Target | null, weights?: number[]) => {
  const length = target?.kind === "class" ? target.codes.length : (target?.values.length ?? 3);
  return datasetOf([{ kind: "numeric", name: "x", values: new Float64Array(length) }], {
    target,
    weights: weights === undefined ? null : Float64Array.from(weights),
  });
};
const code = (name: string) => expect.objectContaining({ code: name });

describe("the target of rows to learn from", () => {
  it("says the task by the classes listed, seen or not", () => {
    expect(trainingTarget(rowsWith(classes([0, 1, 1]))).task).toBe("binary");
    expect(trainingTarget(rowsWith(classes([0, 1, 1], ["a", "b", "c"]))).task).toBe("multiclass");
    expect(trainingTarget(rowsWith(values(1, 2))).task).toBe("regression");
  });

  it("is refused where there is nothing to learn", () => {
    expect(() => trainingTarget(datasetOf([]))).toThrow(code("LEARN_EMPTY"));
    expect(() => trainingTarget(datasetOf([], { target: values(1, 2) }))).toThrow(
      code("LEARN_EMPTY"),
    );
    expect(() => trainingTarget(rowsWith(values()))).toThrow(code("LEARN_EMPTY"));
    expect(() => trainingTarget(rowsWith(null))).toThrow(code("LEARN_TARGET"));
    expect(() => trainingTarget(rowsWith(classes([0, 1]), [0, 0]))).toThrow(code("LEARN_WEIGHTS"));
    expect(() => trainingTarget(rowsWith(classes([1, 1])))).toThrow(code("LEARN_ONE_CLASS"));
    expect(() => trainingTarget(rowsWith(classes([0, 1]), [0, 2]))).toThrow(
      code("LEARN_ONE_CLASS"),
    );
    expect(() => trainingTarget(rowsWith(classes([0, 0], ["only"])))).toThrow(
      code("LEARN_ONE_CLASS"),
    );
  });

  it("is refused where numbers are so large that sums of their squares are not finite", () => {
    expect(() => trainingTarget(rowsWith(values(1, -2e100)))).toThrow(
      expect.objectContaining({ code: "LEARN_TARGET", where: "target, row 1" }),
    );
    expect(() => trainingTarget(rowsWith(values(1, 2), [1e101, 1]))).toThrow(
      expect.objectContaining({ code: "LEARN_WEIGHTS", where: "weights, row 0" }),
    );
    expect(trainingTarget(rowsWith(values(1, -1e100), [1e100, 1])).task).toBe("regression");
  });

  it("is refused where it is of the kind that is not learnt", () => {
    expect(() => classesToLearn(rowsWith(values(1, 2)))).toThrow(code("LEARN_TARGET"));
    expect(() => valuesToLearn(rowsWith(classes([0, 1])))).toThrow(code("LEARN_TARGET"));
    expect(() => checkTraining(rowsWith(classes([0, 1])), "multiclass")).toThrow(
      code("LEARN_TARGET"),
    );
    expect(checkTraining(rowsWith(values(1, 2)), "regression").task).toBe("regression");
  });
});

describe("options", () => {
  it("have their defaults where not given, and no unknown names", () => {
    const defaults = { trees: 300, seed: 1 };
    expect(optionsOver(defaults, { trees: 5 })).toEqual({ trees: 5, seed: 1 });
    expect(optionsOver<{ trees: number }>({ trees: 3 }, JSON.parse("{}"))).toEqual({ trees: 3 });
    expect(() => optionsOver(defaults, JSON.parse('{"tree": 5}'))).toThrow(/tree is 5/);
    expect(() => optionsOver(defaults, JSON.parse('{"toString": 5}'))).toThrow(
      code("LEARN_OPTION"),
    );
  });
});

describe("class weights", () => {
  const weighted = (given: ClassWeights, weights?: number[]) => {
    const target = classesToLearn(rowsWith(classes([0, 0, 0, 1]), weights));
    return [...(rowWeights(target, given) ?? [])];
  };

  it("balance what classes count in all and keep the sum", () => {
    expect(weighted("balanced")).toEqual([4 / 6, 4 / 6, 4 / 6, 2]);
    expect(weighted("balanced", [1, 1, 0, 2])).toEqual([1, 1, 0, 2]);
  });

  it("multiply the rows' own", () => {
    expect(weighted({ yes: 3 }, [1, 1, 2, 2])).toEqual([1, 1, 2, 6]);
    expect(weighted(null, [1, 1, 2, 2])).toEqual([1, 1, 2, 2]);
    expect(weighted(null)).toEqual([]);
  });

  it("are refused where they are out of range, name no class or leave one class only", () => {
    for (const given of [{ yes: -1 }, { yes: Number.NaN }, { maybe: 1 }, { no: 0 }])
      expect(() => weighted(given as ClassWeights)).toThrow(code("LEARN_OPTION"));
    expect(() => weighted(JSON.parse('"even"'))).toThrow(code("LEARN_OPTION"));
  });
});
