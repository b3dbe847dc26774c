import { describe, expect, it } from "vitest";
import { columnsFrom, columnsText, USUAL_COLUMNS } from "../../dashboard/campaigns/columns.ts";
import { ownDays } from "../../dashboard/campaigns/own-days.ts";
import { CAMPAIGN_COLUMNS } from "../../dashboard/route/address.ts";
import type { TrendAnswer } from "../../src/contract/overview.ts";

describe("columns in an address", () => {
  it("come back as they were chosen, the campaign always first", () => {
    for (const chosen of [
      USUAL_COLUMNS,
      [...CAMPAIGN_COLUMNS],
      ["campaign", "cpql", "spend"] as const,
    ]) {
      expect(columnsFrom(columnsText(chosen) ?? undefined)).toEqual(chosen);
    }
  });

  it("are not written where they are the usual ones, and none but the campaign can be chosen", () => {
    expect(columnsText(USUAL_COLUMNS)).toBeNull();
    const none = columnsText(["campaign"]);
    expect(none).not.toBeNull();
    expect(columnsFrom(none ?? undefined)).toEqual(["campaign"]);
  });

  it("are taken once each, and strange names not at all", () => {
    expect(columnsFrom("spend.spend.nonsense.campaign.leads")).toEqual([
      "campaign",
      "spend",
      "leads",
    ]);
  });
});

describe("a campaign's own days", () => {
  const trend: TrendAnswer = {
    frame: {
      period: { from: "2025-01-01", to: "2025-01-06", days: 6 },
      previous: null,
      basis: "corrected",
      asOf: null,
      currency: "EGP",
      currencyDecimals: 2,
      definitionsVersion: "",
      recomputing: false,
    },
    grain: "day",
    start: ["01", "02", "03", "04", "05", "06"].map((day) => `2025-01-${day}`),
    spendMinor: [null, 100, null, 50, null, null],
    impressions: [null, 10, null, 5, null, null],
    clicks: [null, 1, null, 0, null, null],
    leads: [null, null, null, 0, 1, null],
    qualified: [null, null, null, 0, 0, null],
    undecided: [null, null, null, 0, 1, null],
    immature: [false, false, false, false, true, true],
  };

  it("go from the first day with a row to the last, a lead after delivery among them, gaps kept", () => {
    const own = ownDays(trend);
    expect(own?.start).toEqual(["2025-01-02", "2025-01-03", "2025-01-04", "2025-01-05"]);
    expect(own?.spendMinor).toEqual([100, null, 50, null]);
    expect(own?.immature).toEqual([false, false, false, true]);
    expect(own?.frame.period).toEqual({ from: "2025-01-02", to: "2025-01-05", days: 4 });
  });

  it("are none where no day has a row", () => {
    const empty = trend.start.map(() => null);
    expect(ownDays({ ...trend, spendMinor: empty, impressions: empty, leads: empty })).toBeNull();
  });
});
