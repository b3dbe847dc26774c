/**
 * Missing days: account days on which all ad sets that report before and after skip at once. Somebody paused the account,
 * or its export failed for that day.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { gather } from "../gather.ts";
import { MISSING_DAY_THRESHOLDS, missingDaysOf } from "../missing-days.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/missing-days.sql");

export const missingDays: Rule = {
  id: "missing-days",
  title: { en: "Days missing from an account", ar: "أيام ناقصة من حساب" },
  needs: ["insights"],
  thresholds: MISSING_DAY_THRESHOLDS,
  async find(look, threshold) {
    const missing = (await missingDaysOf(look)).filter((one) => !one.everywhere);
    if (missing.length === 0) return [];
    const params = {
      accounts: missing.map((one) => one.account),
      days: missing.map((one) => one.day),
      by_day: 0,
    };
    const evidence = await gather(look, SQL, params);
    if (evidence === null) return [];
    const accounts = new Set(missing.map((one) => one.account)).size;
    const money = evidence.moneyMinor ?? 0;
    return [
      {
        ...evidence,
        key: "missing-days",
        severity: "info",
        sentence: look.speak(
          (s) =>
            `On ${s.n(missing.length, { one: "{n} day", other: "{n} days" })} of ${s.n(accounts, { one: "{n} account", other: "{n} accounts" })} every ad set skips at once, though ${s.count(evidence.rows)} report before and after: a pause, or about ${s.money(money)} of spend that is not there.`,
          (s) =>
            `في ${s.n(missing.length, { one: "يوم واحد", two: "يومين", few: "{n} أيام", other: "{n} يومًا" })} لدى ${s.n(accounts, { one: "حساب واحد", two: "حسابين", few: "{n} حسابات", other: "{n} حسابًا" })} تغيب كل المجموعات الإعلانية معًا مع أنها تعمل قبلها وبعدها: إيقاف مؤقت، أو نحو ${s.money(money)} من الإنفاق غائب.`,
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
            en: "Were these accounts paused on these days?",
            ar: "هل أُوقفت هذه الحسابات في هذه الأيام؟",
          },
        },
        picture: null,
        remedies: [leaveAsIs({ en: "They were paused", ar: "أُوقفت مؤقتًا" })],
      },
    ];
  },
};
