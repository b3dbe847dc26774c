/**
 * Swapped columns: campaigns in (nearly) all of whose rows clicks, or reach, exceed impressions many times over, while
 * nowhere else they do. Two columns were exchanged on the way.
 */
import type { TreatedMeasure } from "../../domain/treatments.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import { CAMPAIGNS, DELIVERY_UNITS } from "../delivery-nouns.ts";
import { EXCHANGED_THRESHOLDS, exchangedColumnsOf, exchangedKeys } from "../exchanged-columns.ts";
import { gather, severityOf } from "../gather.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Remedy, Rule } from "../rule.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/swapped-columns.sql");
const COLUMNS = {
  clicks: { en: "clicks", ar: "النقرات" },
  reach: { en: "reach", ar: "الوصول" },
} as const;

export const swappedColumns: Rule = {
  id: "swapped-columns",
  title: { en: "Two columns exchanged", ar: "عمودان متبادلان" },
  needs: ["insights"],
  thresholds: EXCHANGED_THRESHOLDS,
  async find(look, threshold) {
    const found = await exchangedColumnsOf(look);
    if (found.length === 0) return [];
    const evidence = await gather(look, SQL, { exchanged: exchangedKeys(found) });
    if (evidence === null) return [];
    const money = evidence.moneyMinor ?? 0;
    const columns = (["clicks", "reach"] as const).filter((column) =>
      found.some((one) => one.column === column),
    );
    const swap = (column: TreatedMeasure & ("clicks" | "reach"), recommended: boolean): Remedy => ({
      kind: "correct",
      recommended,
      label: {
        en: `Exchange impressions and ${COLUMNS[column].en} back`,
        ar: `إعادة مرات الظهور و${COLUMNS[column].ar} إلى مكانيهما`,
      },
      spendMinor: 0,
      leads: 0,
      action: async (items) => ({
        method: "swap",
        columns: ["impressions", column],
        series: found
          .filter(
            (one) => one.column === column && (items === null || items.includes(one.campaignId)),
          )
          .map(({ account, campaignId }) => ({
            account,
            campaignId,
            entity: null,
            measures: ["impressions", column],
            from: null,
            until: null,
          })),
      }),
    });
    return [
      {
        ...evidence,
        key: "swapped-columns",
        severity: severityOf(await shareOfSpend(look, money), { warning: 0, critical: 0.1 }),
        sentence: look.speak(
          (s) =>
            `In ${s.n(evidence.itemsTotal, CAMPAIGNS.en)} impressions and ${s.list(columns.map((column) => COLUMNS[column].en))} are exchanged, in ${s.n(evidence.rows, { one: "{n} row", other: "{n} rows" })}: the smaller measure is the larger one on every day.`,
          (s) =>
            `في ${s.n(evidence.itemsTotal, { one: "حملة واحدة", two: "حملتين", few: "{n} حملات", other: "{n} حملة" })} تبادل عمودا مرات الظهور و${s.list(columns.map((column) => COLUMNS[column].ar))} (${s.count(evidence.rows)} صفوف): القيمة الأصغر هي الأكبر في كل يوم.`,
        ),
        why: {
          en: "Click rate, cost per thousand and frequency of these campaigns are meaningless until the columns are put right.",
          ar: "معدل النقر وتكلفة الألف والتكرار في هذه الحملات بلا معنى حتى يُصحَّح العمودان.",
        },
        tables: ["insights"],
        unit: DELIVERY_UNITS.insightRows,
        of: look.rows.insights,
        items: evidence.items.map((item) => {
          const column = found.find((one) => one.campaignId === item.id)?.column ?? "clicks";
          return {
            ...item,
            detail: {
              en: `impressions ↔ ${COLUMNS[column].en}`,
              ar: `مرات الظهور ↔ ${COLUMNS[column].ar}`,
            },
          };
        }),
        thresholds: [
          { name: "swapped-columns.share", value: threshold("share"), seen: 1 },
          { name: "swapped-columns.rows", value: threshold("rows"), seen: evidence.rows },
        ],
        question: {
          id: "swapped-columns",
          text: {
            en: "Which export wrote these campaigns, and in which order does it write its columns?",
            ar: "أي تصدير كتب هذه الحملات، وبأي ترتيب يكتب أعمدته؟",
          },
        },
        picture: null,
        remedies: [...columns.map((column, n) => swap(column, n === 0)), leaveAsIs()],
      },
    ];
  },
};
