/**
 * Missing days: account days on which all ad sets that report before and after skip at once, which somebody paused or an
 * export failed to write; and days of a campaign without a row on which its leads came all the same, which nobody paused.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { CAMPAIGNS } from "../delivery-nouns.ts";
import { gather, severityOf } from "../gather.ts";
import { MISSING_DAY_THRESHOLDS, type MissingDay, missingDaysOf } from "../missing-days.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";
import { shareOfSpend } from "../totals.ts";

const DAYS_OF = { one: "يوم واحد", two: "يومين", few: "{n} أيام", other: "{n} يومًا" } as const;

const SQL = sqlFile(import.meta.url, "../sql/rules/missing-days.sql");

export const missingDays: Rule = {
  id: "missing-days",
  title: { en: "Days missing from delivery", ar: "أيام ناقصة من العرض" },
  needs: ["insights"],
  thresholds: MISSING_DAY_THRESHOLDS,
  async find(look, threshold) {
    const missing = (await missingDaysOf(look)).filter((one) => !one.everywhere);
    if (missing.length === 0) return [];
    const params = {
      accounts: missing.map((one) => one.account),
      campaigns: missing.map((one) => one.campaignId),
      days: missing.map((one) => one.day),
      by_day: 0,
    };
    const evidence = await gather(look, SQL, params);
    if (evidence === null) return [];
    const whole = missing.filter((one) => one.campaignId === "");
    const single = missing.filter((one) => one.campaignId !== "");
    const accounts = new Set(whole.map((one) => one.account)).size;
    const campaigns = new Set(single.map((one) => one.campaignId)).size;
    const gaps = whole.reduce((sum, one) => sum + one.gaps, 0);
    const spendOf = (days: readonly MissingDay[]) => days.reduce((sum, one) => sum + one.spend, 0);
    const spared = await shareOfSpend(look, spendOf(single));
    return [
      {
        ...evidence,
        key: "missing-days",
        severity:
          single.length > 0 ? severityOf(spared, { warning: 0.002, critical: 0.05 }) : "info",
        sentence: look.speak(
          (s) =>
            [
              ...(whole.length > 0
                ? [
                    `On ${s.n(whole.length, { one: "{n} day", other: "{n} days" })} of ${s.n(accounts, { one: "{n} account", other: "{n} accounts" })} every ad set skips at once, though ${s.count(gaps)} report before and after: a pause, or about ${s.money(spendOf(whole))} of spend that is not there.`,
                  ]
                : []),
              ...(single.length > 0
                ? [
                    `${s.n(campaigns, { one: "{n} campaign has", other: "{n} campaigns have" })} no row on ${s.n(single.length, { one: "{n} day", other: "{n} days" })} in the middle of delivery (${s.name(single[0]?.campaignId ?? "")}, ${s.day(single[0]?.day ?? "")}), yet leads came as ever: about ${s.money(spendOf(single))} of spend is missing.`,
                  ]
                : []),
            ].join(" "),
          (s) =>
            [
              ...(whole.length > 0
                ? [
                    `في ${s.n(whole.length, DAYS_OF)} لدى ${s.n(accounts, { one: "حساب واحد", two: "حسابين", few: "{n} حسابات", other: "{n} حسابًا" })} تغيب كل المجموعات الإعلانية معًا مع أنها تعمل قبلها وبعدها: إيقاف مؤقت، أو نحو ${s.money(spendOf(whole))} من الإنفاق غائب.`,
                  ]
                : []),
              ...(single.length > 0
                ? [
                    `${s.n(campaigns, CAMPAIGNS.ar)} بلا أي صف في ${s.n(single.length, DAYS_OF)} وسط مدة عرضها (${s.name(single[0]?.campaignId ?? "")}، ${s.day(single[0]?.day ?? "")})، مع أن العملاء المحتملين استمروا كالمعتاد: ينقص نحو ${s.money(spendOf(single))} من الإنفاق.`,
                  ]
                : []),
            ].join(" "),
        ),
        why: {
          en: "A pause and a failed export look the same; only the second hides money.",
          ar: "الإيقاف المؤقت والتصدير الفاشل يبدوان سواء؛ والثاني وحده يخفي مالًا.",
        },
        tables: ["insights"],
        unit: { en: "ad set days", ar: "أيام المجموعات الإعلانية" },
        of: look.rows.insights,
        thresholds: [
          {
            name: "missing-days.gaps",
            value: threshold("gaps"),
            seen: Math.max(...missing.map((one) => one.gaps)),
          },
        ],
        question: {
          id: "missing-days",
          text: {
            en: "Was delivery paused on these days, or can they be exported again?",
            ar: "هل أُوقف العرض في هذه الأيام، أم يمكن تصديرها من جديد؟",
          },
        },
        picture: null,
        remedies: [leaveAsIs({ en: "They were paused", ar: "أُوقفت مؤقتًا" })],
      },
    ];
  },
};
