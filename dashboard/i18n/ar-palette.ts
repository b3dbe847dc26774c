/** Arabic texts of the palette. */
import type { enPalette } from "./en-palette.ts";
import type { DictionaryOf, PluralForm } from "./messages.ts";

export const arPalette: DictionaryOf<typeof enPalette, PluralForm> = {
  "palette.hint": "صفحة أو حملة أو عميل أو حساب أو مشروع أو أمر",
  "palette.parts": "الصفحات",
  "palette.campaigns": "الحملات",
  "palette.leads": "العملاء المحتملون",
  "palette.filters": "اعرض فقط",
  "palette.deeds": "أوامر",
  "palette.account": "الحساب {name}",
  "palette.project": "المشروع {name}",
  "palette.everything": "أزل كل عوامل التصفية",
  "palette.allTime": "اعرض كل الفترة",
  "palette.language": "اللغة: English",
  "palette.searching": "جارٍ البحث",
  "palette.none": "لا شيء بهذا الاسم.",
  "palette.found": {
    zero: "لا نتائج",
    one: "نتيجة واحدة",
    two: "نتيجتان",
    few: "{n} نتائج",
    many: "{n} نتيجة",
    other: "{n} نتيجة",
  },
};
