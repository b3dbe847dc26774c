import { expect, it } from "vitest";
import { isProblem, Problem } from "../../src/base/problem.ts";

it.each([
  ["with everything", { where: "file.csv, line 3", details: { lines: [3] } }],
  ["with what it must have", {}],
])("is the same again when made from its plain record, %s", (_, parts) => {
  const problem = new Problem("BAD_PERIOD", { what: "It ends early", fix: "Swap them.", ...parts });
  const again = Problem.fromJSON(JSON.parse(JSON.stringify(problem)));
  expect(isProblem(again)).toBe(true);
  expect(again.message).toBe(problem.message);
  expect(again.toJSON()).toEqual(problem.toJSON());
});
