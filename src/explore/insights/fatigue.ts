/** Fatigue: ad sets seen more often by the same people, and clicked less. */
import { benjaminiHochberg } from "../../stats/multiple-testing.ts";
import { twoProportionTest } from "../../stats/proportion-tests.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import type { InsightRule } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/fatigue.sql");
const FALSE_SHARE = 0.05;
/** A click rate must fall by a tenth, and a frequency rise by a twentieth, to be worth telling. */
const LEAST_FALL = 0.9;
const LEAST_RISE = 1.05;

export interface FatigueRow {
  readonly campaign_id: string;
  readonly name: string;
  readonly impressions_before: number;
  readonly impressions_after: number;
  readonly clicks_before: number;
  readonly clicks_after: number;
  readonly frequency_before: number | null;
  readonly frequency_after: number | null;
  readonly spend_after: number;
}

/** Ad sets whose click rate fell from their earlier to their later half by more than chance while their frequency rose. */
export function tired(rows: readonly FatigueRow[]): {
  readonly tested: number;
  readonly tired: readonly (FatigueRow & { readonly lostMinor: number })[];
} {
  const usable = rows.filter(
    (row) =>
      row.clicks_before <= row.impressions_before &&
      row.clicks_after <= row.impressions_after &&
      row.clicks_before > 0,
  );
  const ps = usable.map(
    (row) =>
      twoProportionTest(
        { hits: row.clicks_after, trials: row.impressions_after },
        { hits: row.clicks_before, trials: row.impressions_before },
        { alternative: "lower" },
      ).p,
  );
  const adjusted = benjaminiHochberg(ps);
  const found = usable.flatMap((row, i) => {
    const before = row.clicks_before / row.impressions_before;
    const after = row.clicks_after / row.impressions_after;
    const oftener =
      row.frequency_before !== null &&
      row.frequency_after !== null &&
      row.frequency_after >= row.frequency_before * LEAST_RISE;
    if (!oftener || after > before * LEAST_FALL || (adjusted[i] ?? 1) >= FALSE_SHARE) return [];
    return [{ ...row, lostMinor: row.spend_after * (1 - after / before) }];
  });
  return {
    tested: usable.length,
    tired: found.sort((one, other) => other.lostMinor - one.lostMinor),
  };
}

export const fatigue: InsightRule = {
  id: "fatigue",
  title: { en: "Seen too often", ar: "شوهدت أكثر من اللازم" },
  needs: ["insights"],
  async tell({ session, speak, listing }) {
    const { tested, tired: found } = tired(await session.all<FatigueRow>(SQL));
    const [first] = found;
    if (!first) return null;
    const money = found.reduce((sum, one) => sum + one.lostMinor, 0);
    const rate = (clicks: number, impressions: number) => clicks / impressions;
    return {
      sentence: speak(
        (s) =>
          `${s.n(found.length, { one: "{n} ad set was", other: "{n} ad sets were" })} shown to the same people more often in the later half of ${s.n(found.length, { one: "its", other: "their" })} days and clicked less, by more than chance among ${s.count(tested)} tested; clicks worth ${s.money(money)} were lost. Most of all in ${s.name(first.name)}: ${s.number(first.frequency_before ?? 0)} → ${s.number(first.frequency_after ?? 0)} times a day, ${s.percent(rate(first.clicks_before, first.impressions_before))} → ${s.percent(rate(first.clicks_after, first.impressions_after))} clicked.`,
        (s) =>
          `${s.n(found.length, { one: "مجموعة إعلانية واحدة عُرضت", two: "مجموعتان إعلانيتان عُرضتا", few: "{n} مجموعات إعلانية عُرضت", many: "{n} مجموعة إعلانية عُرضت", other: "{n} مجموعة إعلانية عُرضت" })} على الناس أنفسهم أكثر في النصف الأخير من أيامها وقلّ النقر عليها بما لا تفسّره المصادفة من بين ${s.count(tested)} اختُبرت؛ فضاعت نقرات قيمتها ${s.money(money)}. وأولها في ${s.name(first.name)}: ${s.number(first.frequency_before ?? 0)} ← ${s.number(first.frequency_after ?? 0)} مرة في اليوم، ونقر ${s.percent(rate(first.clicks_before, first.impressions_before))} ← ${s.percent(rate(first.clicks_after, first.impressions_after))}.`,
      ),
      advice: {
        en: "New pictures or a wider audience; the same ad to the same people buys fewer clicks every day.",
        ar: "صور جديدة أو جمهور أوسع؛ فالإعلان نفسه للناس أنفسهم يشتري نقرات أقل كل يوم.",
      },
      moneyMinor: Math.round(money),
      estimate: { value: found.length / tested, n: tested, low: null, high: null },
      picture: {
        kind: "bars",
        over: "label",
        unit: "share",
        x: found.slice(0, 10).map((one) => one.name),
        series: [
          {
            name: { en: "Click rate before", ar: "نسبة النقر من قبل" },
            values: found
              .slice(0, 10)
              .map((one) => rate(one.clicks_before, one.impressions_before)),
          },
          {
            name: { en: "after", ar: "من بعد" },
            values: found.slice(0, 10).map((one) => rate(one.clicks_after, one.impressions_after)),
          },
        ],
      },
      campaigns: [...new Set(found.map((one) => one.campaign_id))],
      sql: listing(SQL),
    };
  },
};
