import { describe, expect, it } from "vitest";
import { decimalsOf } from "../../dashboard/format/currency.ts";
import { kpiFull, kpiShort, meaningOf } from "../../dashboard/format/kpi.ts";
import { makeFormats, NOTHING } from "../../src/contract/formats.ts";
import { currencyDecimals } from "../../src/domain/money.ts";

const EGP = { currency: "EGP", currencyDecimals: 2 };
const KWD = { currency: "KWD", currencyDecimals: 3 };
const JPY = { currency: "JPY", currencyDecimals: 0 };
const en = makeFormats("en", "latn");
const ar = makeFormats("ar", "latn");
const arabic = makeFormats("ar", "arab");

/** Without the marks that only steer the direction, and with plain spaces. */
const bare = (text: string) =>
  text.replace(/[\u061c\u200e\u200f\u2066-\u2069]/g, "").replace(/[\u00a0\u202f]/g, " ");

describe("money", () => {
  it("is short on cards and full elsewhere", () => {
    expect(bare(en.moneyShort(2_485_229_159, EGP))).toBe("EGP 24.9M");
    expect(bare(en.money(2_485_229_159, EGP))).toBe("EGP 24,852,291.59");
    expect(bare(en.moneyShort(43_619, EGP))).toBe("EGP 436.19");
    expect(en.amount(2_485_229_159, EGP)).toBe("24,852,291.59");
  });
  it("is whole from a thousand on where it is only roughly known, and never short", () => {
    expect(bare(en.moneyRough(283_665, EGP))).toBe("EGP 2,837");
    expect(bare(en.moneyRough(1_087_911, EGP))).toBe("EGP 10,879");
    expect(bare(en.moneyRough(37_055, EGP))).toBe("EGP 370.55");
    expect(en.moneyRough(null, EGP)).toBe(NOTHING);
  });
  it("has as many decimals as its currency", () => {
    expect(bare(en.money(1_234_567, KWD))).toBe("KWD 1,234.567");
    expect(bare(en.money(1_234_567, JPY))).toBe("JPY 1,234,567");
    expect(bare(en.moneyShort(1_234_567, KWD))).toBe("KWD 1,234.567");
  });
  it("carries the currency's own sign in Arabic, in the digits the reader chose", () => {
    expect(bare(ar.moneyShort(2_485_229_159, EGP))).toBe("24.9 مليون ج.م.");
    expect(bare(arabic.money(43_619, EGP))).toBe("٤٣٦٫١٩ ج.م.");
    expect(bare(arabic.currencySign("EGP"))).toBe("ج.م.");
    expect(en.currencySign("EGP")).toBe("EGP");
  });
});

describe("numbers", () => {
  it("show what is not known as a dash, never as 0", () => {
    for (const format of [en.count, en.rate, en.ratio, en.change, en.countShort, en.plain]) {
      expect(format(null)).toBe(NOTHING);
      expect(format(undefined)).toBe(NOTHING);
      expect(format(Number.NaN)).toBe(NOTHING);
      expect(format(0)).not.toBe(NOTHING);
    }
    expect(en.money(null, EGP)).toBe(NOTHING);
    expect(en.moneyShort(null, EGP)).toBe(NOTHING);
  });
  it("are written by their kind", () => {
    expect(en.count(199_516_670)).toBe("199,516,670");
    expect(en.countShort(199_516_670)).toBe("199.5M");
    expect(en.countShort(9_999_999)).toBe("9,999,999");
    expect(en.plain(68_733)).toBe("68733");
    expect([en.number(68_733), en.number(0.25), en.number(null)]).toEqual([
      "68,733",
      "0.25",
      NOTHING,
    ]);
    expect(en.rate(0.031628)).toBe("3.16%");
    expect(en.ratio(1.375)).toBe("1.38");
    expect(en.change(0.032)).toBe("+3.2%");
    expect(en.change(-0.26)).toBe("-26.0%");
    expect(en.change(0)).toBe("0.0%");
    expect(bare(arabic.rate(0.0316))).toBe("٣٫١٦٪");
  });
  it("take the unit of their KPI", () => {
    expect(bare(kpiShort(en, "money", 2_485_229_159, EGP))).toBe("EGP 24.9M");
    expect(bare(kpiFull(en, "money", 2_485_229_159, EGP))).toBe("EGP 24,852,291.59");
    expect(kpiShort(en, "rate", 0.5, EGP)).toBe("50.00%");
    expect(kpiShort(en, "ratio", 2, EGP)).toBe("2.00");
    expect(kpiFull(en, "count", 12_345_678, EGP)).toBe("12,345,678");
  });
  it("mean better or worse by the direction that is good, and spend neither", () => {
    expect(meaningOf(0.1, "up")).toBe("better");
    expect(meaningOf(0.1, "down")).toBe("worse");
    expect(meaningOf(-0.1, "down")).toBe("better");
    expect(meaningOf(-0.1, "neutral")).toBe("neutral");
    expect(meaningOf(0, "up")).toBe("same");
  });
});

describe("days", () => {
  it("name a month with its year, or without where another label has it", () => {
    expect([en.month("2025-01-15"), en.monthShort("2025-01-15")]).toEqual(["Jan 2025", "Jan"]);
    expect(ar.monthShort("2025-01-15")).toBe("يناير");
  });
  it("name a period without repeating what both ends share", () => {
    expect(en.period("2024-10-10", "2024-10-16")).toBe("10–16 Oct 2024");
    expect(en.period("2024-10-10", "2024-11-03")).toBe("10 Oct – 3 Nov 2024");
    expect(en.period("2024-10-10", "2024-10-10")).toBe("10 Oct 2024");
    expect(en.periodShort("2024-10-10", "2024-10-16", "2024-12-31")).toBe("10–16 Oct");
    expect(en.periodShort("2023-10-10", "2023-10-16", "2024-12-31")).toBe("10–16 Oct 2023");
    expect(arabic.period("2024-10-10", "2024-10-16")).toBe("١٠–١٦ أكتوبر ٢٠٢٤");
  });
  it("are the days of the data, whatever zone the reader sits in", () => {
    expect(en.day("2024-03-31")).toBe("31 Mar 2024");
    expect(en.month("2024-03-01")).toBe("Mar 2024");
    expect(en.wallTime("2024-03-31 00:05:00")).toBe("31 Mar 2024, 00:05");
  });
  it("tell an age in its largest unit", () => {
    expect(en.ago(0)).toBe("now");
    expect(en.ago(3 * 60_000)).toBe("3 minutes ago");
    expect(en.ago(26 * 3_600_000)).toBe("yesterday");
  });
});

it("every currency has the decimals that the server gives it", () => {
  for (const currency of [...Intl.supportedValuesOf("currency"), "IQD", "XPF"])
    expect(decimalsOf(currency), currency).toBe(currencyDecimals(currency));
  expect(decimalsOf(null)).toBe(2);
});

it("sizes of files are read in the largest unit that fits", () => {
  expect(en.bytes(0)).toBe("0 bytes");
  expect(bare(en.bytes(999))).toBe("999 bytes");
  expect(bare(en.bytes(5_682_459))).toBe("5.7 MB");
});
