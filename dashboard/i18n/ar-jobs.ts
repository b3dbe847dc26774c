/** Arabic texts of files to take away and of work in the background. */
import type { enJobs } from "./en-jobs.ts";
import type { DictionaryOf, PluralForm } from "./messages.ts";

export const arJobs: DictionaryOf<typeof enJobs, PluralForm> = {
  "export.label": "تصدير",
  "export.name": "تصدير: {table}",
  "export.xlsx": "جدول بيانات (XLSX)",
  "export.csv": "ملف CSV",
  "export.help":
    "كل الصفوف بعوامل التصفية والترتيب الظاهرة هنا، والهواتف والبُرُد كما تظهر في هذه الصفحة. ولا يحفظ المعرّفات الطويلة كاملة في برامج الجداول إلا XLSX.",
};
