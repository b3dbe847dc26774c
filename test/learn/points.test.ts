import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { type Dataset, datasetOf } from "../../src/dataset/dataset.ts";
import { fitPoints, readPoints } from "../../src/learn/points.ts";
import type { PointsRule } from "../../src/learn/points-rules.ts";

const code = (name: string) => expect.objectContaining({ code: name });

/** Ten people: visits, where they came from, whether they are members, when they were seen. */
function people(): Dataset {
  const day = Date.UTC(2026, 0, 1);
  return datasetOf(
    [
      {
        kind: "numeric",
        name: "visits",
        values: Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, Number.NaN),
      },
      {
        kind: "categorical",
        name: "source",
        codes: Int32Array.of(0, 0, 1, 1, 2, 2, 0, 1, 2, -1),
        levels: ["ad", "friend", "search"],
      },
      { kind: "boolean", name: "member", values: Int8Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, -1) },
      {
        kind: "time",
        name: "seen",
        values: Float64Array.from({ length: 10 }, (_, i) => day + i * 86_400_000),
      },
    ],
    {
      target: {
        kind: "class",
        codes: Int32Array.of(0, 0, 0, 1, 0, 1, 1, 1, 1, 0),
        classes: ["lost", "won"],
      },
    },
  );
}

const RULES: readonly PointsRule[] = [
  { column: "visits", from: 3, points: 2 },
  { column: "visits", from: 6, below: 9, points: 1 },
  { column: "visits", missing: true, points: -1 },
  { column: "source", is: ["friend"], points: 1 },
  { column: "member", is: true, points: 3 },
  { column: "seen", from: "2026-01-04", below: "2026-01-05T00:00Z", points: 10 },
];

describe("rules that are given", () => {
  it("add their points, and a total says the share of training rows that had it", async () => {
    const model = await fitPoints(people(), { rules: RULES, smoothing: 0 });
    // Totals: 0, 0, 1, 2 + 1 + 10, 2, 5, 6, 7, 6, −1; lost, lost, lost, won, lost, won × 4, lost.
    expect(model.shares.map(({ points }) => points)).toEqual([-1, 0, 1, 2, 5, 6, 7, 13]);
    expect([...model.predict(people())]).toEqual([0, 0, 0, 1, 0, 1, 1, 1, 1, 0]);
    expect(model.shares.map(({ rows }) => rows)).toEqual([1, 2, 1, 1, 1, 2, 1, 1]);
  });

  it("never say less for more points, and no certainty with smoothing", async () => {
    const wrongWay: PointsRule[] = [{ column: "member", is: true, points: -5 }];
    const level = await fitPoints(people(), { rules: wrongWay, smoothing: 0 });
    expect([...new Set(level.predict(people()))]).toEqual([0.5]);
    const model = await fitPoints(people(), { rules: RULES });
    expect(model.shares.every(({ share }) => share > 0 && share < 1)).toBe(true);
    for (let i = 1; i < model.shares.length; i++)
      expect(model.shares[i]!.share).toBeGreaterThanOrEqual(model.shares[i - 1]!.share);
  });

  it("are refused where they cannot be meant", async () => {
    const bad: readonly unknown[] = [
      "rules",
      [7],
      [{ column: "visitors", missing: true, points: 1 }],
      [{ column: "visits", from: 3, points: 0.5 }],
      [{ column: "visits", from: 3, points: 1e9 }],
      [{ column: "visits", from: 3, below: 3, points: 1 }],
      [{ column: "visits", from: "3", points: 1 }],
      [{ column: "visits", is: ["3"], points: 1 }],
      [{ column: "visits", points: 1 }],
      [{ column: "visits", missing: false, points: 1 }],
      [{ column: "visits", from: 3, missing: true, points: 1 }],
      [{ column: "source", is: ["freind"], points: 1 }],
      [{ column: "source", is: "friend", points: 1 }],
      [{ column: "source", from: 1, points: 1 }],
      [{ column: "member", is: ["true"], points: 1 }],
      [{ column: "seen", from: "January", points: 1 }],
      [{ column: "seen", from: "2026-01-04T10:00", points: 1 }],
    ];
    for (const rules of bad)
      await expect(
        fitPoints(people(), { rules: rules as PointsRule[] }),
        JSON.stringify(rules),
      ).rejects.toThrow(code("LEARN_OPTION"));
  });
});

it("is JSON that a person can change and read back", async () => {
  const model = await fitPoints(people(), { rules: RULES, smoothing: 0 });
  const json = JSON.parse(JSON.stringify(model));
  expect(json.rules).toEqual(RULES);
  const member = json.rules.find((rule: PointsRule) => rule.column === "member");
  member.points = 0;
  const changed = readPoints(json);
  const [, , , , , member5] = changed.predict(people());
  expect(member5).toBe(0); // 2 points of visits alone: of one such row none was won
  expect(changed.explain(people()).features).toHaveLength(4);
  member.points = "many";
  expect(() => readPoints(json)).toThrow(code("MODEL_UNREADABLE"));
});

describe("rules that are drafted", () => {
  const random = seededRandom(9);
  const rows = 3000;
  const visits = Float64Array.from({ length: rows }, () =>
    random.next() < 0.1 ? Number.NaN : Math.floor(random.next() * 10),
  );
  const source = Int32Array.from({ length: rows }, () => random.int(3));
  const noise = Float64Array.from({ length: rows }, () => 4);
  const codes = Int32Array.from({ length: rows }, (_, row) => {
    const odds = (visits[row]! >= 5 ? 2 : 0.5) * [1, 1, 4][source[row]!]!;
    return random.next() < odds / (1 + odds) ? 1 : 0;
  });
  const dataset = datasetOf(
    [
      { kind: "numeric", name: "visits", values: visits },
      { kind: "categorical", name: "source", codes: source, levels: ["ad", "friend", "search"] },
      { kind: "numeric", name: "noise", values: noise },
    ],
    { target: { kind: "class", codes, classes: ["lost", "won"] } },
  );

  it("double the odds every ten points, and leave out what says nothing", async () => {
    const { rules } = await fitPoints(dataset, { stretches: 2 });
    expect(rules.some(({ column }) => column === "noise")).toBe(false);
    // Odds of 4 to 1 are 20 points apart, of visits also: from ½ to 2.
    const of = (level: string) =>
      rules.find((rule) => "is" in rule && Array.isArray(rule.is) && rule.is.includes(level))
        ?.points ?? 0;
    expect(Math.abs(of("search") - of("ad") - 20)).toBeLessThan(5);
    expect(Math.abs(of("friend") - of("ad"))).toBeLessThan(4);
    const high = rules.find((rule) => "from" in rule && rule.column === "visits")?.points ?? 0;
    const low = rules.find((rule) => "below" in rule && !("from" in rule))?.points ?? 0;
    expect(Math.abs(high - low - 20)).toBeLessThan(6);
  });

  it("give probabilities as frequent as they say", async () => {
    const p = (await fitPoints(dataset)).predict(dataset);
    const said = p.reduce((sum, one) => sum + one, 0);
    const were = codes.reduce((sum, one) => sum + one, 0);
    expect(Math.abs(said - were) / rows).toBeLessThan(0.002);
  });
});
