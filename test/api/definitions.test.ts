import { expect, it } from "vitest";
import type { ProblemBody } from "../../src/contract/common.ts";
import { DefinitionsAnswer } from "../../src/contract/server.ts";
import { doors, type TestDoor } from "./fakes.ts";

const door = doors();

const patch = (one: TestDoor, payload: unknown) =>
  one.ask({ method: "PATCH", url: "/api/v1/definitions", payload: payload as object });

it("says of every status how many rows carry it, what it means and who said so", async () => {
  const { ask } = await door();
  const answer = DefinitionsAnswer.parse((await ask({ url: "/api/v1/definitions" })).json());
  expect(answer.statuses.slice(0, 2)).toEqual([
    {
      status: "CALL_LATER",
      stage: null,
      rows: 3,
      leftOut: 3,
      origin: { from: "default", by: null, at: null },
    },
    {
      status: "QUALIFIED",
      stage: "qualified",
      rows: 2,
      leftOut: 0,
      origin: { from: "file", by: null, at: null },
    },
  ]);
  const named = answer.statuses.map(({ status }) => status);
  expect(new Set(named).size).toBe(named.length);
  expect(Object.keys(answer.default.statusMap).filter((one) => !named.includes(one))).toEqual([]);
  expect(Object.keys(answer.origins).sort()).toEqual(Object.keys(answer.default).sort());
});

it("hands on what is to be changed with the name of who changes it, and answers with what then holds", async () => {
  const one = await door();
  const change = {
    default: { currency: "AED", statusMap: { "Call later": "attempting" } },
    accounts: { "7": { taxRate: 0.05 } },
  };
  const response = await patch(one, change);
  expect(response.statusCode).toBe(200);
  const answer = DefinitionsAnswer.parse(response.json());
  expect(one.definitions.changes).toEqual([{ change, by: "owner" }]);
  expect(answer.default.currency).toBe("AED");
  expect(answer.default.statusMap).toMatchObject({
    "Call later": "attempting",
    QUALIFIED: "qualified",
  });
  expect(answer.accounts["7"]).toEqual({ currency: "USD", taxRate: 0.05 });
  expect(answer.origins.currency).toEqual({
    from: "change",
    by: "owner",
    at: "2025-02-01T09:00:00.000Z",
  });
  expect(answer.origins.timeZone?.from).toBe("default");
});

it.each([
  [{ default: { currency: "pounds" } }, "default.currency"],
  [{ default: { timeZone: "Mars/Olympus" } }, "default.timeZone"],
  [{ default: { taxRate: 14 } }, "default.taxRate"],
  [{ default: { taxRate: null } }, "default.taxRate"],
  [{ default: { statusMap: { HOT: "sold" } } }, "default.statusMap.HOT"],
  [{ default: { version: "1" } }, "default.version"],
  [{ accounts: { "7": { weekStart: 7 } } }, "accounts.7.weekStart"],
  [{ currency: "AED" }, "currency"],
])("refuses %j and names the setting", async (change, setting) => {
  const one = await door();
  const response = await patch(one, change);
  expect(response.statusCode).toBe(400);
  const problem = response.json() as ProblemBody;
  expect(problem.code).toBe("BAD_REQUEST");
  const { faults } = problem.details as { faults: { name: string; message: string }[] };
  expect(faults.map(({ name }) => name)).toEqual([setting]);
  expect(one.definitions.changes).toEqual([]);
});

it("refuses what is no object, and keys that would change more than a record", async () => {
  const one = await door();
  for (const body of ["[]", "null", '"AED"', '{"default":{"statusMap":{"__proto__":"won"}}}']) {
    const response = await one.ask({
      method: "PATCH",
      url: "/api/v1/definitions",
      payload: body,
      headers: { "content-type": "application/json" },
    });
    expect(response.statusCode, body).toBe(400);
  }
  expect(one.definitions.changes).toEqual([]);
});
