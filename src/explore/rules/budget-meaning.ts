/**
 * Budget meaning: platforms deliver close to the budget they are given, so the share of `daily_budget` that is delivered
 * piles up at one value. At 1 the budget is what delivery reports (net); a sharp pile elsewhere says that it holds
 * something else: tax, fees, another currency. Where shares do not pile up, nothing can be said.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";
import { spanParams, totalSpansOf } from "../series-totals.ts";
import { unitChangesOf } from "./unit-change.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/budget-meaning.sql");
/** Bins are hundredths of the budget. */
const PER_BIN = 0.01;
const NEAR = 0.05;
const ENOUGH_DAYS = 200;
/** Bins of a hundredth show no peak below a tenth. */
const LEAST_PEAK = 0.1;
/** Standard errors (of a Poisson count) by which a pile must stand out. */
const CHANCE = 5;

interface Bin {
  readonly bin: number;
  readonly days: number;
  readonly smooth: number;
  readonly in_all: number;
}

/** Days per bin, on average, between two multiples of the peak. */
function density(bins: readonly Bin[], from: number, to: number): number {
  const inside = bins.filter(
    ({ bin }) => (bin + 0.5) * PER_BIN >= from && (bin + 0.5) * PER_BIN < to,
  );
  return inside.reduce((sum, { days }) => sum + days, 0) / Math.max(1, inside.length);
}

export const budgetMeaning: Rule = {
  id: "budget-meaning",
  title: { en: "What the daily budget is", ar: "معنى الميزانية اليومية" },
  needs: ["campaigns", "insights"],
  thresholds: { sharpness: 1.8, apart: 0.07, share: 0.08 },
  async find(look, threshold) {
    const params = {
      ...spanParams(await totalSpansOf(look)),
      other_unit: ["", ...(await unitChangesOf(look)).map((one) => one.account)],
    };
    const bins = await look.session.all<Bin>(SQL, params);
    const all = bins[0]?.in_all ?? 0;
    const top = bins.reduce<Bin | null>(
      (best, one) => (best === null || one.smooth > best.smooth ? one : best),
      null,
    );
    if (top === null || all < ENOUGH_DAYS) return [];
    const peak = (top.bin + 0.5) * PER_BIN;
    const around = density(bins, peak * (1 - NEAR), peak * (1 + NEAR));
    const beside =
      (density(bins, peak * 0.75, peak * 0.9) + density(bins, peak * 1.1, peak * 1.25)) / 2;
    const sharpness = around / Math.max(beside, 1e-9);
    const near = bins
      .filter(({ bin }) => Math.abs((bin + 0.5) * PER_BIN - peak) <= NEAR * peak)
      .reduce((sum, { days }) => sum + days, 0);
    // A pile of few days, or at next to nothing, is a lump of chance or the trace of another unit. The highest of a
    // hundred places lies two and a half standard errors above the others by chance.
    const usual = beside * ((2 * NEAR * peak) / PER_BIN);
    const piled =
      near >= threshold("share") * all &&
      near >= usual + CHANCE * Math.sqrt(usual) &&
      peak >= LEAST_PEAK;
    if (!piled || sharpness < threshold("sharpness")) return [];
    if (Math.abs(peak - 1) <= threshold("apart")) return [];
    const known = look.settings.budgetMeaning !== "unknown";
    const shown = bins.filter(({ bin }) => bin < 150);
    const fives = Array.from({ length: 30 }, (_, n) => shown.slice(5 * n, 5 * n + 5));
    return [
      {
        key: "budget-meaning",
        severity: known ? "info" : "warning",
        sentence: look.speak(
          (s) =>
            `On whole days campaigns deliver most often ${peak.toFixed(3)} of their daily budget: ${s.percent(near / all)} of ${s.count(all)} campaign days lie within 5% of that peak. ${
              peak < 1
                ? `A budget as delivery reports it would peak at 1, so this one seems to be gross, ${s.number(1 / peak)} times what is delivered net of tax, fees or reserves, or in another currency.`
                : `A budget as delivery reports it would peak at 1, so this one seems to be net of something that delivery includes, or is edited upwards, or in another currency.`
            }`,
          (s) =>
            `في الأيام الكاملة تصرف الحملات غالبًا ${peak.toFixed(3)} من ميزانيتها اليومية: ${s.percent(near / all)} من ${s.count(all)} يوم حملة ضمن 5% من هذه القمة. ${
              peak < 1
                ? `لو كانت الميزانية كما يسجلها العرض لكانت القمة عند 1؛ فيبدو أنها إجمالية، ${s.number(1 / peak)} ضعف الصافي بعد الضريبة والرسوم أو الاحتياطي، أو بعملة أخرى.`
                : "لو كانت الميزانية كما يسجلها العرض لكانت القمة عند 1؛ فيبدو أنها صافية من شيء يشمله العرض، أو رُفعت لاحقًا، أو بعملة أخرى."
            }`,
        ),
        why: {
          en: "Pacing, over-budget alarms and every plan of spend are off by this factor until it is known what the budget holds.",
          ar: "متابعة الصرف وإنذارات التجاوز وكل خطة إنفاق خاطئة بهذا المعامل حتى يُعرف ما تحويه الميزانية.",
        },
        tables: ["campaigns", "insights"],
        unit: { en: "campaign days", ar: "أيام الحملات" },
        rows: near,
        of: all,
        moneyMinor: null,
        leads: null,
        thresholds: [
          {
            name: "budget-meaning.sharpness",
            value: threshold("sharpness"),
            seen: Math.round(10 * sharpness) / 10,
          },
        ],
        items: [],
        itemsTotal: 0,
        examples: {
          columns: ["share_from", "campaign_days"],
          rows: [...bins]
            .sort((a, b) => b.days - a.days || a.bin - b.bin)
            .slice(0, 10)
            .map(({ bin, days }) => [bin / 100, days]),
        },
        sql: look.listing(SQL, params),
        question: {
          id: "budget-meaning",
          text: {
            en: "Is daily_budget gross of tax and fees, or net as the platform reports delivery?",
            ar: "هل الميزانية اليومية شاملة الضريبة والرسوم، أم صافية كما تسجلها المنصة؟",
          },
        },
        picture: {
          kind: "bars",
          over: "label",
          unit: "count",
          x: fives.map((_, n) => `${((5 * n) / 100).toFixed(2)}`),
          series: [
            {
              name: {
                en: "campaign days by share of budget",
                ar: "أيام الحملات حسب نسبة الميزانية",
              },
              values: fives.map((group) => group.reduce((sum, { days }) => sum + days, 0)),
            },
          ],
        },
        remedies: [leaveAsIs()],
      },
    ];
  },
};
