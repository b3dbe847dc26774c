import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../dashboard/format/days.ts";
import {
  type Address,
  CAMPAIGN_COLUMNS,
  CAMPAIGNS_TABS,
  DATA_TABS,
  dayOrNull,
  EVERYTHING,
  HOME,
  isNarrowed,
  LEADS_TABS,
  parseAddress,
  printAddress,
  SETTINGS_TABS,
  SIGN_IN,
  selectionParams,
} from "../../dashboard/route/address.ts";
import { CAMPAIGN_SORTS, CampaignsQuery } from "../../src/contract/campaigns.ts";
import { BASES } from "../../src/contract/common.ts";

const day = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays("1990-01-01", count));
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.constantFrom("مشروع النيل", "a&b=c", "x,y", "50% + more", "#7", " padded "),
);
/** Names as an address holds them: no repeats, in order. */
const names = fc.uniqueArray(text, { maxLength: 4 }).map((list) => [...list].sort());

const first = {
  tab: HOME.tab,
  settings: HOME.settings,
  campaigns: HOME.campaigns,
  leads: HOME.leads,
};
const spot = fc.oneof(
  fc.constant({ ...first, place: "today" as const }),
  fc.constantFrom(...DATA_TABS).map((tab) => ({ ...first, place: "data" as const, tab })),
  fc
    .constantFrom(...CAMPAIGNS_TABS)
    .map((campaigns) => ({ ...first, place: "campaigns" as const, campaigns })),
  fc.constantFrom(...LEADS_TABS).map((leads) => ({ ...first, place: "leads" as const, leads })),
  fc
    .constantFrom(...SETTINGS_TABS)
    .map((settings) => ({ ...first, place: "settings" as const, settings })),
);

const elsewhere = fc.record({
  selection: fc.record({
    from: fc.option(fc.oneof(day, fc.constant("all"))),
    to: fc.option(day),
    account: names,
    project: names,
    campaign: names,
    basis: fc.constantFrom(...BASES),
    asOf: fc.option(day),
    compare: fc.option(fc.oneof(day, fc.constantFrom("week", "month", "year"))),
  }),
  grain: fc.constantFrom("day" as const, "week" as const, "month" as const),
  allKpis: fc.boolean(),
  projectSort: fc.constantFrom("spend" as const, "leads" as const, "qualified" as const),
  accountSort: fc.constantFrom("spend" as const, "cpql" as const),
  search: fc.oneof(fc.constant(""), text),
  sort: fc.constantFrom(...CAMPAIGN_COLUMNS),
  order: fc.constantFrom("asc" as const, "desc" as const),
  kpi: fc.option(fc.constantFrom("spend", "cpl")),
  view: fc.constantFrom("rows" as const, "dropped" as const, "formula" as const),
  stage: fc.option(fc.constantFrom("won", "lost")),
  table: fc.option(fc.constantFrom("insights" as const, "campaign_leads" as const)),
  importId: fc.option(fc.uuid()),
  finding: fc.option(text),
  by: fc.constantFrom("account" as const, "project" as const, "campaign" as const),
  profile: fc.option(text),
  column: fc.option(text),
  left: fc.option(fc.oneof(day, fc.uuid())),
  right: fc.option(fc.oneof(day, fc.uuid())),
  own: fc.dictionary(fc.constantFrom("open", "segment", "columns", "weekday"), text, {
    maxKeys: 3,
  }),
});

const address: fc.Arbitrary<Address> = fc
  .tuple(spot, elsewhere)
  .map(([where, rest]) => ({ ...where, ...rest }));

function read(url: string): Address {
  const { pathname, search } = new URL(url, "http://leadsmart.test");
  return parseAddress(pathname, search);
}

describe("the address bar", () => {
  it("gives back every page it was given", () => {
    fc.assert(
      fc.property(address, (made) => {
        expect(read(printAddress(made))).toEqual(made);
      }),
    );
  });
  it("says nothing about what is at its default", () => {
    expect(printAddress(HOME)).toBe("/");
    expect(printAddress({ ...HOME, place: "data" })).toBe("/data");
    expect(printAddress({ ...HOME, place: "data", tab: "health" })).toBe("/data/health");
    expect(read("/data/health/")).toEqual({ ...HOME, place: "data", tab: "health" });
    expect(read("/data/nonsense").place).toBeNull();
    expect(read("/settings/health").place).toBeNull();
    expect(printAddress({ ...HOME, place: "settings", settings: "people" })).toBe(
      "/settings/people",
    );
    expect(read("/settings/people?account=7")).toEqual({
      ...HOME,
      place: "settings",
      settings: "people",
      selection: { ...EVERYTHING, account: ["7"] },
    });
    expect(read(SIGN_IN).place).toBeNull();
    expect(read("/")).toEqual(HOME);
  });
  it("is the same for the same filters in another order", () => {
    const one = { ...HOME, selection: { ...EVERYTHING, account: ["b", "a", "b"] } };
    const two = { ...HOME, selection: { ...EVERYTHING, account: ["a", "b"] } };
    expect(printAddress(one)).toBe(printAddress(two));
  });
  it("reads anything without failing, and settles after one reading", () => {
    fc.assert(
      fc.property(
        fc.webPath({ size: "small" }),
        fc.webQueryParameters({ size: "small" }),
        (path, query) => {
          const first = parseAddress(path === "" ? "/" : path, `?${query}`);
          if (first.place !== null) expect(read(printAddress(first))).toEqual(first);
        },
      ),
    );
  });
  it("leaves out what is no day, no basis, no column", () => {
    const odd = read("/?from=2024-02-30&to=tomorrow&basis=guess&sort=luck&order=up&grain=hour");
    expect(odd).toEqual(HOME);
    expect(dayOrNull("2024-02-29")).toBe("2024-02-29");
    expect(dayOrNull("2023-02-29")).toBeNull();
  });
  it("knows no page under another path", () => {
    expect(read("/nowhere").place).toBeNull();
    expect(read("/data/").place).toBe("data");
  });
});

describe("the filters as a query", () => {
  it("are understood by the server as they were meant", () => {
    fc.assert(
      fc.property(address, ({ selection }) => {
        const params = selectionParams(selection);
        const query = Object.fromEntries(
          [...new Set(params.keys())].map((key) => {
            const values = params.getAll(key);
            return [key, values.length === 1 ? values[0] : values];
          }),
        );
        const understood = CampaignsQuery.parse(query);
        expect(understood.account).toEqual(selection.account);
        expect(understood.project).toEqual(selection.project);
        expect(understood.campaign).toEqual(selection.campaign);
        expect(understood.from ?? null).toBe(selection.from);
        expect(understood.to ?? null).toBe(selection.to);
        expect(understood.asOf ?? null).toBe(selection.asOf);
        expect(understood.compare ?? null).toBe(selection.compare);
        expect(understood.basis).toBe(selection.basis);
      }),
    );
  });
  it("narrow the page when they choose something, and neither the basis nor what is compared with does", () => {
    expect(isNarrowed(EVERYTHING)).toBe(false);
    expect(isNarrowed({ ...EVERYTHING, basis: "raw" })).toBe(false);
    expect(isNarrowed({ ...EVERYTHING, compare: "year" })).toBe(false);
    expect(isNarrowed({ ...EVERYTHING, from: "all" })).toBe(true);
    expect(isNarrowed({ ...EVERYTHING, account: ["7"] })).toBe(true);
  });
  it("sort campaigns by every column the server can sort by", () => {
    expect([...CAMPAIGN_COLUMNS]).toEqual([...CAMPAIGN_SORTS]);
  });
});
