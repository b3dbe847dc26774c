/**
 * Cumulative series: running totals stored as if they were daily amounts, for part or all of an entity's life. Summed,
 * they count every day again on each later one. Mended by differences, over the span in which they are totals.
 */
import type { Text } from "../../contract/explore.ts";
import { type SeriesSpan, TREATED_MEASURES, type TreatedMeasure } from "../../domain/treatments.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import { CAMPAIGNS, DELIVERY_UNITS } from "../delivery-nouns.ts";
import { GATHERED, gather, severityOf } from "../gather.ts";
import type { Look } from "../look.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Found, Rule } from "../rule.ts";
import { RUNNING_TOTAL_THRESHOLDS, type RunningTotal } from "../running-totals.ts";
import type { Say } from "../say.ts";
import { runningTotalsOf, spanParams } from "../series-totals.ts";
import { totalsOf } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/cumulative-series.sql");

/** Per campaign: its spend as reported and as corrected, its leads, and the days in question. */
const EFFECT = `
SELECT i.campaign_id AS id, i.reported, i.reported - coalesce(g.beyond, 0) AS corrected, coalesce(l.leads, 0) AS leads,
       g.from_day AS "from", g.until_day AS until, i.last_day > g.until_day AS "thenDaily"
FROM (SELECT account_id, campaign_id, sum(spend_minor)::BIGINT AS reported, max(day) AS last_day
      FROM insights SEMI JOIN ${GATHERED} USING (account_id, campaign_id) GROUP BY ALL) AS i
JOIN (SELECT account_id, campaign_id, sum(money_minor)::BIGINT AS beyond, min(day) AS from_day, max(day) AS until_day
      FROM ${GATHERED} GROUP BY ALL) AS g USING (account_id, campaign_id)
LEFT JOIN (SELECT account_id, campaign_id, count(*) AS leads FROM leads GROUP BY ALL) AS l USING (account_id, campaign_id)
ORDER BY coalesce(g.beyond, 0) DESC, id`;

interface Effect {
  readonly id: string;
  readonly reported: number | null;
  readonly corrected: number | null;
  readonly leads: number;
  readonly from: string;
  readonly until: string;
  readonly thenDaily: boolean;
}

function spansOf(totals: readonly RunningTotal[], items: readonly string[] | null): SeriesSpan[] {
  return totals
    .filter((one) => items === null || items.includes(one.campaignId))
    .map(({ account, campaignId, entity, measures, from, until }) => ({
      account,
      campaignId,
      entity,
      measures: [...measures],
      from,
      until,
    }));
}

/** "reported X, really Y over these days; CPL a → b" */
function detailOf(look: Look, one: Effect): Found["items"][number]["detail"] {
  const { reported, corrected, leads } = one;
  const costs = reported !== null && corrected !== null ? { reported, corrected } : null;
  return look.speak(
    (s) =>
      `${s.period(one.from, one.until)}${one.thenDaily ? ", daily afterwards" : ""}${costs ? `: ${s.moneyFull(costs.reported)} reported, ${s.moneyFull(costs.corrected)} spent${leads > 0 ? `; cost per lead ${s.moneyFull(costs.corrected / leads)} instead of ${s.moneyFull(costs.reported / leads)}` : ""}` : ""}`,
    (s) =>
      `${s.period(one.from, one.until)}${one.thenDaily ? "، ثم قيم يومية بعدها" : ""}${costs ? `: المسجَّل ${s.moneyFull(costs.reported)} والمنفَق فعلًا ${s.moneyFull(costs.corrected)}${leads > 0 ? `، فتكلفة العميل المحتمل ${s.moneyFull(costs.corrected / leads)} بدلًا من ${s.moneyFull(costs.reported / leads)}` : ""}` : ""}`,
  );
}

const MEASURE_NAMES = {
  spend_minor: { en: "spend", ar: "الإنفاق" },
  impressions: { en: "impressions", ar: "مرات الظهور" },
  clicks: { en: "clicks", ar: "النقرات" },
  reach: { en: "reach", ar: "الوصول" },
} as const satisfies Record<TreatedMeasure, Text>;

export const cumulativeSeries: Rule = {
  id: "cumulative-series",
  title: { en: "Running totals stored as daily rows", ar: "مجاميع تراكمية مخزّنة كصفوف يومية" },
  needs: ["insights"],
  thresholds: RUNNING_TOTAL_THRESHOLDS,
  async find(look, threshold) {
    const totals = await runningTotalsOf(look);
    if (totals.length === 0) return [];
    const params = spanParams(totals);
    const evidence = await gather(look, SQL, params);
    if (evidence === null) return [];
    const effects = await look.session.all<Effect>(EFFECT);
    const { spendMinor } = await totalsOf(look);
    const beyond = evidence.moneyMinor ?? 0;
    const share = spendMinor > 0 ? beyond / spendMinor : 0;
    const byId = new Map(effects.map((one) => [one.id, one]));
    const worst = effects.find((one) => one.leads > 0 && one.corrected !== null && beyond > 0);
    const reported = effects.reduce((sum, one) => sum + (one.reported ?? 0), 0);
    const measures = TREATED_MEASURES.filter((name) =>
      totals.some((one) => one.measures.includes(name)),
    );
    const counts = (s: Say) => s.list(measures.map((name) => MEASURE_NAMES[name][s.language]));
    const worstSaid = (leads: number, minor: number) => minor / leads;
    return [
      {
        ...evidence,
        key: "cumulative-series",
        severity: severityOf(share, { warning: 0, critical: 0.005 }),
        sentence: look.speak(
          (s) =>
            `${s.n(evidence.itemsTotal, { one: "{n} campaign stores running totals", other: "{n} campaigns store running totals" })} as if they were daily amounts.${
              beyond > 0
                ? ` ${s.money(reported)} is reported where ${s.money(reported - beyond)} was spent; the spend of all campaigns is ${s.moneyFull(spendMinor - beyond)} rather than ${s.moneyFull(spendMinor)}.`
                : measures.includes("spend_minor")
                  ? ""
                  : ` The totals are of ${counts(s)}; spend is as it was.`
            }${worst ? ` Campaign ${s.name(worst.id)} costs ${s.moneyFull(worstSaid(worst.leads, worst.corrected ?? 0))} per lead, not ${s.moneyFull(worstSaid(worst.leads, worst.reported ?? 0))}.` : ""}`,
          (s) =>
            `${s.n(evidence.itemsTotal, CAMPAIGNS.ar)}: القيم المخزّنة فيها مجاميع تراكمية كأنها مبالغ يومية.${
              beyond > 0
                ? ` المسجَّل ${s.money(reported)} والمنفَق فعلًا ${s.money(reported - beyond)}، فإنفاق كل الحملات ${s.moneyFull(spendMinor - beyond)} لا ${s.moneyFull(spendMinor)}.`
                : measures.includes("spend_minor")
                  ? ""
                  : ` المجاميع في ${counts(s)}، والإنفاق سليم.`
            }${worst ? ` تكلفة العميل المحتمل في الحملة ${s.name(worst.id)} هي ${s.moneyFull(worstSaid(worst.leads, worst.corrected ?? 0))} لا ${s.moneyFull(worstSaid(worst.leads, worst.reported ?? 0))}.` : ""}`,
        ),
        why: {
          en: "A running total summed over days counts each day again on every later one: spend and cost per lead come out many times too high.",
          ar: "جمع المجاميع التراكمية على الأيام يحسب كل يوم مرة أخرى في كل يوم بعده، فيظهر الإنفاق وتكلفة العميل أضعاف الحقيقة.",
        },
        tables: ["insights"],
        unit: DELIVERY_UNITS.insightRows,
        of: look.rows.insights,
        items: evidence.items.map((item) => {
          const effect = byId.get(item.id);
          return effect ? { ...item, leads: effect.leads, detail: detailOf(look, effect) } : item;
        }),
        thresholds: [
          {
            name: "cumulative-series.evidence",
            value: threshold("evidence"),
            seen: Math.round(10 * Math.min(...totals.map((one) => one.evidence))) / 10,
          },
        ],
        question: {
          id: "cumulative-series",
          text: {
            en: "Which export or job wrote these campaigns, and does it write lifetime totals instead of daily amounts?",
            ar: "أي تصدير أو مهمة كتبت هذه الحملات، وهل تكتب مجموع عمر الحملة بدل مبلغ اليوم؟",
          },
        },
        picture: await pictureOf(look, totals),
        remedies: [
          {
            kind: "correct",
            recommended: true,
            label: {
              en: "Turn the running totals into daily amounts, over these days only",
              ar: "تحويل المجاميع التراكمية إلى مبالغ يومية في هذه الأيام فقط",
            },
            spendMinor: beyond === 0 ? 0 : -beyond,
            leads: 0,
            action: async (items) => ({ method: "difference", series: spansOf(totals, items) }),
          },
          leaveAsIs({
            en: "They are daily amounts: leave them",
            ar: "هي مبالغ يومية: تبقى كما هي",
          }),
        ],
      },
    ];
  },
};

/** The costliest series: as reported, and each day's own. */
async function pictureOf(look: Look, totals: readonly RunningTotal[]): Promise<Found["picture"]> {
  if (!totals.some((one) => one.measures.includes("spend_minor"))) return null;
  const rows = await look.session.all<{ day: string; reported: number; own: number }>(
    `SELECT day, sum(reported_spend_minor)::BIGINT AS reported, sum(own_spend_minor)::BIGINT AS own FROM ${GATHERED}
     WHERE item = (SELECT item FROM ${GATHERED} GROUP BY item ORDER BY sum(money_minor) DESC, item LIMIT 1)
     GROUP BY day ORDER BY day`,
  );
  return {
    kind: "line",
    over: "day",
    unit: "money",
    x: rows.map((row) => row.day),
    series: [
      {
        name: { en: "as reported", ar: "كما سُجّل" },
        values: rows.map((row) => row.reported),
      },
      {
        name: { en: "the day's own", ar: "مبلغ اليوم نفسه" },
        values: rows.map((row) => row.own),
      },
    ],
  };
}
