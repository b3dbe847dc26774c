/** Reach over impressions: each person reached saw at least one impression. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { overImpressions } from "../over-impressions.ts";

export const reachOverImpressions = overImpressions({
  id: "reach-over-impressions",
  title: { en: "More people reached than impressions", ar: "وصول أكبر من مرات الظهور" },
  sql: sqlFile(import.meta.url, "../sql/rules/reach-over-impressions.sql"),
  what: { en: "more people reached than impressions", ar: "الوصول فيها أكبر من مرات الظهور" },
  why: {
    en: "Each person reached saw at least one impression: one of the two columns is wrong, or holds something else.",
    ar: "كل شخص وصل إليه الإعلان رآه مرة على الأقل: أحد العمودين خطأ أو يحمل شيئًا آخر.",
  },
  question: {
    en: "Is reach of these rows an estimate for a longer period than the day?",
    ar: "هل الوصول في هذه الصفوف تقدير لفترة أطول من اليوم؟",
  },
});
