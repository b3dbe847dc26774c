import { afterAll, beforeAll, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { cumulativeSeries } from "../../src/explore/rules/cumulative-series.ts";
import { type House, openHouse } from "../marts/raw-world.ts";
import { asTotals, type Day, dailyDays, dayAfter, ordinaryCampaigns, rowsOf } from "./delivery.ts";
import { findingsOf } from "./look-at.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const spend = (days: readonly Day[]) => days.reduce((sum, day) => sum + day.spend_minor, 0);

/** Sixty ordinary campaigns and one of the given days, and what is found. */
async function found(days: readonly Partial<Day>[], stop: string | null = null, seed = 1) {
  const world = ordinaryCampaigns(seed, 60);
  await house.settle({
    campaigns: [...world.campaigns, { campaign_id: "x", account_id: "a1", stop_time: stop }],
    insights: [...world.insights, ...rowsOf("x", "x1", days as Day[])],
  });
  return findingsOf(house, cumulativeSeries);
}

it("finds totals that grow and then stand still, and says what was really spent", async () => {
  const days = dailyDays(7, 12);
  const totals = asTotals(days, 30);
  const [finding, ...others] = await found(totals);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    severity: "critical",
    rows: 42,
    moneyMinor: spend(totals) - spend(days),
    itemsTotal: 1,
    items: [{ id: "x", account: "a1" }],
    proposals: [
      { kind: "correct", recommended: true, spendMinor: spend(days) - spend(totals) },
      {},
    ],
  });
  expect(await house.warehouse.all(finding?.sql ?? "")).toHaveLength(42);
});

it("finds totals cut off while they still grow, with days missing and figures corrected a little", async () => {
  const totals = asTotals(dailyDays(8, 14))
    .filter((_, n) => n !== 4 && n !== 9)
    .map((day, n) => (n === 7 ? { ...day, impressions: day.impressions - 1 } : day));
  expect(await found(totals)).toMatchObject([{ items: [{ id: "x" }] }]);
});

it("takes only the days on which a series holds totals, and leaves the daily ones after a fall", async () => {
  const totals = asTotals(dailyDays(9, 10), 10);
  const after = dailyDays(10, 9).map((day, n) => ({ ...day, day: dayAfter(20 + n) }));
  const [finding] = await found([...totals, ...after]);
  expect(finding).toMatchObject({ rows: 20 });
  expect(finding?.items[0]?.detail?.en).toMatch(/daily afterwards/);
});

it("finds totals that begin anew each week", async () => {
  const weeks = [0, 1, 2].flatMap((week) =>
    asTotals(dailyDays(20 + week, 7).map((day, n) => ({ ...day, day: dayAfter(7 * week + n) }))),
  );
  expect(await found(weeks)).toMatchObject([{ items: [{ id: "x" }], rows: 21 }]);
});

it("finds short totals when all ad sets of a campaign hold them", async () => {
  const world = ordinaryCampaigns(3, 60);
  const sets = [1, 2, 3].flatMap((n) => rowsOf("x", `x${n}`, asTotals(dailyDays(30 + n, 6))));
  await house.settle({
    campaigns: [...world.campaigns, { campaign_id: "x", account_id: "a1" }],
    insights: [...world.insights, ...sets],
  });
  expect(await findingsOf(house, cumulativeSeries)).toMatchObject([
    { items: [{ id: "x" }], rows: 18 },
  ]);
});

it("finds totals that begin in the middle of a daily series, and only those days", async () => {
  const daily = dailyDays(40, 12);
  const later = asTotals(dailyDays(41, 12).map((day, n) => ({ ...day, day: dayAfter(12 + n) })));
  const [finding] = await found([...daily, ...later]);
  const from = await house.warehouse.all<{ day: string }>(
    `SELECT min(day)::VARCHAR AS day FROM (${finding?.sql ?? ""})`,
  );
  // A daily row just below the first total cannot be told from one.
  expect([dayAfter(11), dayAfter(12)]).toContain(from[0]?.day);
  expect(finding).toMatchObject({ items: [{ id: "x" }] });
});

it("finds totals of four days where they go far beyond a budget that all others keep", async () => {
  const world = ordinaryCampaigns(3, 60);
  const daysOf = (id: string) => world.insights.filter((row) => row.campaign_id === id);
  const budgetOf = (id: string) => 2.2 * Math.max(0, ...daysOf(id).map((row) => row.spend_minor));
  const sets = [1, 2, 3].flatMap((n) => rowsOf("x", `x${n}`, asTotals(dailyDays(50 + n, 4))));
  const settled = (budget: number) =>
    house.settle({
      campaigns: [
        ...world.campaigns.map((one) => ({
          ...one,
          daily_budget_minor: Math.round(budgetOf(one.campaign_id)),
        })),
        { campaign_id: "x", account_id: "a1", daily_budget_minor: budget },
      ],
      insights: [...world.insights, ...sets],
    });
  await settled(200_000);
  expect(await findingsOf(house, cumulativeSeries)).toMatchObject([
    { items: [{ id: "x" }], rows: 12 },
  ]);
  await settled(900_000);
  expect(await findingsOf(house, cumulativeSeries)).toEqual([]);
});

it("takes three days on which all ad sets of a campaign rise to its budget for chance, where some spend theirs whole", async () => {
  const world = ordinaryCampaigns(3, 60);
  const share = seededRandom(3);
  const rising = [1, 2, 3].flatMap((n) =>
    rowsOf("x", `x${n}`, asTotals(dailyDays(90, 3, 40_000 + 10_000 * n))),
  );
  const spentOn = (last: string) =>
    rising.filter(({ day }) => day === last).reduce((sum, row) => sum + row.spend_minor, 0);
  const whole = ["w1", "w2"].flatMap((id) =>
    rowsOf(
      id,
      `${id}s`,
      dailyDays(7, 24).map((day) => ({
        ...day,
        spend_minor: Math.round(100_000 * (0.92 + 0.05 * share.next())),
      })),
    ),
  );
  await house.settle({
    campaigns: [
      ...world.campaigns.map((one) => {
        const own = world.insights.filter((row) => row.campaign_id === one.campaign_id);
        const most = Math.max(0, ...own.map((row) => row.spend_minor));
        return { ...one, daily_budget_minor: Math.round(most * (2.6 + 5 * share.next())) };
      }),
      ...["w1", "w2"].map((campaign_id) => ({
        campaign_id,
        account_id: "a1",
        daily_budget_minor: 100_000,
      })),
      {
        campaign_id: "x",
        account_id: "a1",
        daily_budget_minor: Math.round(spentOn(dayAfter(2)) / 0.98),
      },
    ],
    insights: [...world.insights, ...whole, ...rising],
  });
  expect(await findingsOf(house, cumulativeSeries)).toEqual([]);
});

it("finds totals of two and three days where no campaign of an account ever falls, and leaves an account of three such campaigns", async () => {
  const world = ordinaryCampaigns(6, 60);
  const settled = async (campaigns: number) => {
    const ids = Array.from({ length: campaigns }, (_, n) => `x${n}`);
    await house.settle({
      campaigns: [
        ...world.campaigns,
        ...ids.map((campaign_id) => ({ campaign_id, account_id: "a2" })),
      ],
      insights: [
        ...world.insights,
        ...ids.flatMap((id, n) =>
          ["s", "t"].flatMap((set, k) =>
            rowsOf(id, `${id}${set}`, asTotals(dailyDays(200 + 2 * n + k, 2 + (n % 2)))),
          ),
        ),
      ],
    });
    return findingsOf(house, cumulativeSeries);
  };
  expect(await settled(16)).toMatchObject([{ rows: 80, itemsTotal: 16, severity: "critical" }]);
  expect(await settled(3)).toEqual([]);
});

it("finds six days of counts, or of spend, that are totals while the rest is daily", async () => {
  const world = ordinaryCampaigns(4, 60);
  const sets = [1, 2, 3].map((n) => ({ daily: dailyDays(60 + n, 6), name: `x${n}` }));
  const mixed = (change: (total: Day, day: Day) => Partial<Day>) =>
    sets.flatMap(({ daily, name }) => {
      const totals = asTotals(daily);
      const days = daily.map((day, n) => ({ ...day, ...change(totals[n] ?? day, day) }));
      return rowsOf("x", name, days);
    });
  const told = async (insights: readonly Record<string, string | number>[]) => {
    await house.settle({
      campaigns: [...world.campaigns, { campaign_id: "x", account_id: "a1" }],
      insights: [...world.insights, ...insights],
    });
    return findingsOf(house, cumulativeSeries);
  };
  const counts = await told(mixed((total, day) => ({ ...total, spend_minor: day.spend_minor })));
  expect(counts).toMatchObject([{ items: [{ id: "x" }], rows: 18, moneyMinor: null }]);
  expect(counts[0]?.sentence.en).toMatch(/of impressions, clicks and reach; spend is as it was/);
  const spent = await told(mixed((total) => ({ spend_minor: total.spend_minor })));
  expect(spent).toMatchObject([{ items: [{ id: "x" }], rows: 18 }]);
});

it("takes spend that stands still at its budget for no total", async () => {
  const days = dailyDays(71, 9).map((day, n) => ({
    ...day,
    spend_minor: [7_600, 25_800][n] ?? 31_000,
  }));
  expect(await found(days)).toEqual([]);
});

it("finds them where a table knows impressions alone, and where spend alone is a total", async () => {
  const totals = asTotals(dailyDays(11, 12), 4);
  const bare = totals.map(({ day, impressions }) => ({ day, impressions }));
  expect(await found(bare)).toMatchObject([{ items: [{ id: "x" }], rows: 16 }]);
  const days = dailyDays(12, 16);
  const mixed = asTotals(days).map((total, n) => ({
    ...(days[n] as Day),
    spend_minor: total.spend_minor,
  }));
  const [finding] = await found(mixed);
  expect(finding).toMatchObject({ items: [{ id: "x" }], moneyMinor: spend(mixed) - spend(days) });
});

it("finds a total that stood still from the first day, long after the campaign's end", async () => {
  const total = asTotals(dailyDays(13, 1), 40);
  expect(await found(total, `${dayAfter(2)} 23:59:59`)).toMatchObject([{ rows: 41 }]);
});

it("leaves ordinary series, rising budgets and values that froze midway alone", async () => {
  for (const seed of [1, 2, 3, 4, 5]) expect(await found([], null, seed)).toEqual([]);
  const rising = dailyDays(14, 10).map((day, n) => ({ ...day, spend_minor: 50_000 + 4000 * n }));
  expect(await found(rising)).toEqual([]);
  const all = dailyDays(15, 1).flatMap((day) =>
    Array.from({ length: 12 }, (_, n) => ({
      day: dayAfter(n),
      spend_minor: day.spend_minor + 2500 * n,
      impressions: day.impressions + 200 * n,
      clicks: day.clicks + 6 * n,
      reach: day.reach + 160 * n,
    })),
  );
  expect(await found(all)).toEqual([]);
  const days = dailyDays(16, 10);
  const last = days[9] as Day;
  const stuck = Array.from({ length: 12 }, (_, n) => ({ ...last, day: dayAfter(10 + n) }));
  expect(await found([...days, ...stuck])).toEqual([]);
});
