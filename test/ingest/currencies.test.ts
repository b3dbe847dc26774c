import { afterAll, beforeAll, expect, it } from "vitest";
import { parseMapArgument } from "../../src/ingest/map-argument.ts";
import { csv, type Desk, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

it("takes float noise for the amount it was, and rounds more only when told to", async () => {
  const text = csv(
    "Date,Campaign,Cost,Impressions,Clicks",
    "2024-06-01,A,1.429999948,1,1",
    "2024-06-02,A,0.30000000000000004,1,1",
    "2024-06-03,A,2.005,1,1",
  );
  const strict = await desk.loadOne("x.csv", text);
  expect(await desk.rows(strict, "spend_minor")).toEqual([
    { spend_minor: 143 },
    { spend_minor: 30 },
  ]);
  expect(strict.rowsRejected).toBe(1);
  const rounding = await desk.loadOne("x.csv", text, {
    mapping: parseMapArgument("table=insights,round_money=yes"),
  });
  expect((await desk.rows(rounding, "spend_minor")).at(2)).toEqual({ spend_minor: 201 });
});

it("counts a deal in the minor unit of its own currency", async () => {
  const file = await desk.loadOne(
    "deals.csv",
    csv(
      "lead_id,stage,value,currency,date,cancelled_at",
      "1,contract,1500.50,EGP,2024-06-01,",
      "2,contract,1.234,KWD,2024-06-02,",
      "3,reservation,500,JPY,2024-06-03,2024-07-01 10:00:00",
      "4,contract,1.5,JPY,2024-06-03,",
    ),
  );
  expect(await desk.rows(file, "value_minor, currency")).toEqual([
    { value_minor: 150050, currency: "EGP" },
    { value_minor: 1234, currency: "KWD" },
    { value_minor: 500, currency: "JPY" },
  ]);
  expect((await desk.rejects(file)).map((reject) => reject.code)).toEqual(["TOO_MANY_DECIMALS"]);
});

it("reads currencies beside amounts, and rejects an amount in another one", async () => {
  const header = "Date,Campaign,Cost,Impressions,Clicks";
  const all = await desk.loadOne(
    "x.csv",
    csv(
      header,
      '2024-06-01,A,"SAR 1,234.50",1,1',
      "2024-06-02,A,(12.00) SAR,1,1",
      "2024-06-03,A,SAR 5.00-,1,1",
    ),
  );
  expect(all.currency).toBe("SAR");
  expect(await desk.rows(all, "spend_minor")).toEqual([
    { spend_minor: 123450 },
    { spend_minor: -1200 },
    { spend_minor: -500 },
  ]);
  const two = csv(header, "2024-06-01,A,SAR 1.50,1,1", "2024-06-02,A,EGP 1.50,1,1");
  expect((await desk.refused("x.csv", two)).code).toBe("SEVERAL_CURRENCIES");
  const header2 = "Date,Campaign,Cost (EGP),Impressions,Clicks";
  const odd = await desk.loadOne(
    "x.csv",
    csv(header2, "2024-06-01,A,EGP 1.50,1,1", "2024-06-02,A,USD 1.50,1,1"),
  );
  expect(await desk.rejects(odd)).toMatchObject([{ line: 3, code: "OTHER_CURRENCY" }]);
});

it("takes an empty amount for nothing spent only where nothing was delivered", async () => {
  const file = await desk.loadOne(
    "e.csv",
    csv(
      "Campaign name,Day,Impressions,Reach,Amount spent (EGP)",
      "A,2024-06-01,10,9,1.00",
      "A,2024-06-02,,,",
      "A,2024-06-03,0,,",
      "A,2024-06-04,7,,",
      "A,2024-06-05,,,x",
    ),
  );
  expect(await desk.rows(file, "day, spend_minor")).toEqual([
    { day: "2024-06-01", spend_minor: 100 },
    { day: "2024-06-02", spend_minor: null },
    { day: "2024-06-03", spend_minor: null },
  ]);
  expect(await desk.rejects(file)).toMatchObject([
    { line: 5, column_name: "Amount spent (EGP)", code: "MISSING_VALUE" },
    { line: 6, column_name: "Amount spent (EGP)", value: "x", code: "BAD_NUMBER" },
  ]);
});

it("reads a currency's sign in a currency column, and refuses a column that contradicts", async () => {
  const header = "campaign,day,spend,currency";
  const file = await desk.loadOne(
    "x.csv",
    csv(header, "A,2024-06-01,1.50,ج.م", "A,2024-06-02,1,egp"),
  );
  expect([file.currency, file.rowsAccepted]).toEqual(["EGP", 2]);
  const problem = await desk.refused("x.csv", csv(header, "A,2024-06-01,1.50,USD"), {
    mapping: parseMapArgument("table=insights,currency=EGP"),
  });
  expect(problem.code).toBe("SEVERAL_CURRENCIES");
});

it("does not take one amount in another currency for the currency of all", async () => {
  const header = "campaign,day,spend";
  const text = csv(header, "A,2024-06-01,1.50", "A,2024-06-02,USD 5", "A,2024-06-03,0");
  expect((await desk.refused("x.csv", text)).what).toContain('line 2: "1.50"');
  const told = await desk.loadOne("x.csv", text, {
    mapping: parseMapArgument("table=insights,currency=EGP"),
  });
  expect(await desk.rejects(told)).toMatchObject([{ line: 3, code: "OTHER_CURRENCY" }]);
  const all = await desk.loadOne("x.csv", csv(header, "A,2024-06-01,USD 1.50", "A,2024-06-02,0"));
  expect(all.currency).toBe("USD");
});
