/** Clicks over impressions: nobody clicks what was not shown. A few rows are late-counted clicks; many are a fault. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { overImpressions } from "../over-impressions.ts";

export const clicksOverImpressions = overImpressions({
  id: "clicks-over-impressions",
  title: { en: "More clicks than impressions", ar: "نقرات أكثر من مرات الظهور" },
  sql: sqlFile(import.meta.url, "../sql/rules/clicks-over-impressions.sql"),
  what: { en: "more clicks than impressions", ar: "النقرات فيها أكثر من مرات الظهور" },
  why: {
    en: "Nobody clicks what was not shown: the click rate of these rows is above 100% and lifts every average it enters.",
    ar: "لا أحد ينقر ما لم يظهر: معدل النقر في هذه الصفوف يتجاوز 100% ويرفع كل متوسط يدخله.",
  },
  question: {
    en: "Does the platform book clicks on a later day than their impressions, or are all interactions counted as clicks?",
    ar: "هل تسجّل المنصة النقرات في يوم لاحق لظهورها، أم تُحسب كل التفاعلات نقرات؟",
  },
});
