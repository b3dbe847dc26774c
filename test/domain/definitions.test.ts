import { expect, it } from "vitest";
import { definitionsOf, readDefinitions } from "../../src/domain/definitions.ts";
import { KPIS, kpiValue, MEASURES, type Measures, PARTS } from "../../src/domain/kpis.ts";

it("merges layers field by field and status maps status by status", () => {
  const definitions = readDefinitions(
    [
      { default: { currency: "AED", statusMap: { HOT: "qualified" } } },
      { accounts: { "203": { timeZone: "Asia/Dubai", statusMap: { COLD: "lost" } } } },
    ],
    "test",
  );
  const account = definitionsOf(definitions, "203");
  expect(account).toMatchObject({ currency: "AED", timeZone: "Asia/Dubai" });
  expect(account.statusMap).toMatchObject({
    HOT: "qualified",
    COLD: "lost",
    QUALIFIED: "qualified",
  });
  expect(definitionsOf(definitions, "other").timeZone).toBe("Africa/Cairo");
  expect(definitionsOf(definitions, "other").statusMap).not.toHaveProperty("COLD");
});

it("matches statuses exactly: NOT_QUALIFIED is not QUALIFIED", () => {
  const { statusMap } = readDefinitions([], "test").default;
  expect(statusMap.NOT_QUALIFIED).toBe("lost");
  expect(statusMap.QUALIFIED).toBe("qualified");
  expect(statusMap.qualified).toBeUndefined();
});

it("changes its version with its content only", () => {
  const one = readDefinitions([{ default: { taxRate: 0.14, feeRate: 0.1 } }], "test");
  const same = readDefinitions([{ default: { feeRate: 0.1, taxRate: 0.14 } }], "elsewhere");
  const other = readDefinitions([{ default: { feeRate: 0.1, taxRate: 0.15 } }], "test");
  expect(one.version).toBe(same.version);
  expect(one.version).not.toBe(other.version);
});

it.each([
  [{ default: { currency: "pounds" } }, "default.currency"],
  [{ default: { timeZone: "Mars/Olympus" } }, "default.timeZone"],
  [{ default: { statusMap: { X: "sold" } } }, "default.statusMap.X"],
  [{ defualt: {} }, "defualt"],
  [{ accounts: { u1: { currency: "dinar" } } }, "accounts.u1.currency"],
  [{ default: { workHours: [18, 9] } }, "default.workHours"],
])("names the setting at fault in %j", (layer, setting) => {
  expect(() => readDefinitions([layer], "leadsmart.config.json")).toThrow(setting);
});

it("gives null, never 0, for a ratio without denominator and for what is not recorded", () => {
  const measures = Object.fromEntries([...MEASURES, ...PARTS].map((name) => [name, 0])) as Measures;
  const kpiOf = (id: string, changed: Partial<Measures>) => {
    const kpi = KPIS.find((one) => one.id === id);
    if (!kpi) throw new Error(id);
    return kpiValue(kpi, { ...measures, ...changed });
  };
  expect(kpiOf("cpl", { spendMinor: 500 })).toBeNull();
  expect(kpiOf("roas", { spendMinor: 500, revenueMinorWithSpend: null })).toBeNull();
  expect(kpiOf("cpm", { spendMinorWithImpressions: 12_454, impressionsWithSpend: 1000 })).toBe(
    12_454,
  );
  expect(kpiOf("conversionRate", { qualified: 1, judged: 4, leads: 100 })).toBe(0.25);
});
