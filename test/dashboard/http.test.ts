import { expect, it } from "vitest";
import { readProblem } from "../../dashboard/query/http.ts";

it("a problem of the server is read with its code, place and advice", () => {
  const body = {
    type: "about:blank",
    title: "Bad request",
    status: 400,
    detail: "The period ends before it begins",
    code: "BAD_PERIOD",
    where: "query parameters from, to",
    fix: "Swap the two days.",
    details: null,
  };
  expect(readProblem(JSON.stringify(body))).toEqual({
    code: "BAD_PERIOD",
    what: "The period ends before it begins",
    where: "query parameters from, to",
    fix: "Swap the two days.",
    faults: [],
    waitSeconds: null,
  });
});

it("a refused field is read with its path, and nothing else is taken for one", () => {
  const body = (details: unknown) => JSON.stringify({ code: "BAD_REQUEST", details });
  const faults = [
    { name: "default.currency", message: "an ISO 4217 code such as EGP" },
    { name: "default.taxRate", message: "Too big" },
  ];
  expect(readProblem(body({ faults }))?.faults).toEqual(faults);
  for (const other of [null, {}, { faults: null }, { faults: [{ name: 1 }, {}] }, "x"])
    expect(readProblem(body(other))?.faults).toEqual([]);
});

it("the wait that a refusal names is read, and nothing else is taken for one", () => {
  const wait = (details: unknown) =>
    readProblem(JSON.stringify({ code: "TOO_MANY_ATTEMPTS", details }))?.waitSeconds;
  expect(wait({ seconds: 16 })).toBe(16);
  for (const other of [null, {}, { seconds: "16" }, [16], "x"]) expect(wait(other)).toBeNull();
});

it("anything that is no problem of ours is none", () => {
  for (const body of ["", "<html>", "null", "[]", "{}", '"text"', '{"code":7}'])
    expect(readProblem(body)).toBeNull();
});
