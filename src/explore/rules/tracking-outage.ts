/**
 * Tracking outage: whole days without insights although the ad sets of several accounts deliver before and after. The
 * export failed; the money was spent.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { gather, severityOf } from "../gather.ts";
import { MISSING_DAY_THRESHOLDS, missingDaysOf } from "../missing-days.ts";
import { DAYS } from "../nouns.ts";
import { thresholdsInForce } from "../once.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";
import { shareOfSpend } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/missing-days.sql");

export const trackingOutage: Rule = {
  id: "tracking-outage",
  title: { en: "Days without any insights", ar: "أيام بلا أي بيانات أداء" },
  needs: ["insights"],
  thresholds: {},
  async find(look) {
    const missing = (await missingDaysOf(look)).filter((one) => one.everywhere);
    if (missing.length === 0) return [];
    const params = {
      accounts: missing.map((one) => one.account),
      campaigns: missing.map((one) => one.campaignId),
      days: missing.map((one) => one.day),
      by_day: 1,
    };
    const evidence = await gather(look, SQL, params);
    if (evidence === null) return [];
    const days = [...new Set(missing.map((one) => one.day))];
    const money = evidence.moneyMinor ?? 0;
    const most = Math.max(...missing.map((one) => one.gaps));
    const { gaps } = thresholdsInForce(look, "missing-days", MISSING_DAY_THRESHOLDS);
    return [
      {
        ...evidence,
        key: "tracking-outage",
        severity: severityOf(await shareOfSpend(look, money), { warning: 0, critical: 0.05 }),
        sentence: look.speak(
          (s) =>
            `${s.n(days.length, { one: "On {n} day", other: "On {n} days" })} no insights are there at all (${s.list(days.slice(0, 4).map((day) => s.day(day)))}${days.length > 4 ? " …" : ""}), although ${s.n(evidence.rows, { one: "{n} ad set delivers", other: "{n} ad sets deliver" })} before and after; about ${s.money(money)} of spend is missing.`,
          (s) =>
            `${s.n(days.length, DAYS.ar)} بلا أي بيانات أداء (${s.list(days.slice(0, 4).map((day) => s.day(day)))}${days.length > 4 ? " …" : ""})، مع أن ${s.count(evidence.rows)} مجموعة إعلانية تعمل قبلها وبعدها؛ وينقص نحو ${s.money(money)} من الإنفاق.`,
        ),
        why: {
          en: "The leads of these days are there and their spend is not: every cost around them looks better than it was.",
          ar: "عملاء هذه الأيام موجودون وإنفاقها غائب، فتبدو كل تكلفة حولها أفضل مما كانت.",
        },
        tables: ["insights"],
        unit: { en: "ad set days", ar: "أيام المجموعات الإعلانية" },
        of: look.rows.insights,
        thresholds: [{ name: "missing-days.gaps", value: gaps, seen: most }],
        question: {
          id: "tracking-outage",
          text: {
            en: "Can the insights of these days be exported again?",
            ar: "هل يمكن تصدير بيانات أداء هذه الأيام من جديد؟",
          },
        },
        picture: null,
        remedies: [leaveAsIs()],
      },
    ];
  },
};
