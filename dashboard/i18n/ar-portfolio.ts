/** Arabic texts of the portfolio: every account in one line. */
import type { enPortfolio } from "./en-portfolio.ts";
import type { DictionaryOf, PluralForm } from "./messages.ts";

export const arPortfolio: DictionaryOf<typeof enPortfolio, PluralForm> = {
  "campaigns.tab.accounts": "الحسابات",
  "portfolio.title": "الحسابات",
  "portfolio.search": "ابحث في الحسابات",
  "portfolio.searchHint": "الحساب",
  "portfolio.none": "لا حساب يطابق هذا البحث.",
  "portfolio.clearSearch": "امسح البحث",
  "portfolio.total": "{n} من الحسابات",
  "portfolio.mixed": "عملات مختلفة",
  "portfolio.mixedHelp": "لهذه الحسابات أكثر من عملة، فلا تُجمع مبالغها.",
  "portfolio.intro":
    "افتح حسابًا ليقتصر كل شيء عليه. تكلفة العميل المؤهل هنا شاملة الضريبة والرسوم، مثل هدفها.",

  "portfolio.column.cpql": "تكلفة المؤهل شاملةً",
  "portfolio.column.target": "مقارنةً بالهدف",
  "portfolio.column.change": "تغيّر التكلفة",
  "portfolio.column.judged": "قُيّموا",
  "portfolio.column.never": "لم يتصل بهم أحد",
  "portfolio.column.trend": "الإنفاق والمؤهلون",
  "portfolio.column.last": "آخر يوم",
  "portfolio.column.critical": "حرجة",

  "portfolio.target.within": "ضمن الهدف: {change}",
  "portfolio.target.above": "أعلى من الهدف بـ {change}",
  "portfolio.target.aboveNone": "أعلى من الهدف: لا مؤهل",
  "portfolio.target.unsure": "لا يمكن الحكم بعد (ن = {n})",
  "portfolio.target.unknown": "غير معروف",
  "portfolio.target.no": "بلا هدف",
  "portfolio.target.noHelp": "حدّد هدفًا لتكلفة العميل المؤهل في الإعدادات.",
  "portfolio.target.help":
    "الهدف {target}. فترة الثقة 95% للتكلفة: من {low} إلى {high}، من {n} عميل مؤهل.",
  "portfolio.target.helpOpen":
    "الهدف {target}. التكلفة {low} على الأقل ولا حد أعلى لها بعد، وعدد المؤهلين {n}.",
  "portfolio.interval": "فترة الثقة 95% من {low} إلى {high}، ن = {n}",
  "portfolio.intervalOpen": "فترة الثقة 95% من {low} فأكثر، ن = {n}",
  "portfolio.judgedOf": "{judged} من {n} عميل؛ فترة الثقة 95% من {low} إلى {high}",
  "portfolio.neverHelp": "بتكلفة العميل في حملاتهم: {money}",
  "portfolio.changeHelp":
    "الإنفاق {spend}، العملاء {leads}، المؤهلون {qualified} مقارنةً بـ {period}",
  "portfolio.noChange": "لا شيء يُقارن به",
  "portfolio.behind": {
    zero: "محدَّث مثل أحدث حساب",
    one: "متأخر يومًا عن أحدث حساب",
    two: "متأخر يومين عن أحدث حساب",
    few: "متأخر {n} أيام عن أحدث حساب",
    many: "متأخر {n} يومًا عن أحدث حساب",
    other: "متأخر {n} يوم عن أحدث حساب",
  },
  "portfolio.stale": "متأخر",
  "portfolio.trendHelp": {
    zero: "الأعمدة: الإنفاق. النقاط: المؤهلون، وعددهم {q}.",
    one: "الأعمدة: الإنفاق كل يوم. النقاط: المؤهلون، وعددهم {q}.",
    two: "الأعمدة: الإنفاق كل يومين. النقاط: المؤهلون، وعددهم {q}.",
    few: "الأعمدة: الإنفاق كل {n} أيام. النقاط: المؤهلون، وعددهم {q}.",
    many: "الأعمدة: الإنفاق كل {n} يومًا. النقاط: المؤهلون، وعددهم {q}.",
    other: "الأعمدة: الإنفاق كل {n} يوم. النقاط: المؤهلون، وعددهم {q}.",
  },

  "portfolio.needs": "من يحتاج إليك أولًا",
  "portfolio.needs.byMoney": "مرتّبة بالمبلغ المعرّض للضياع في هذه الأيام.",
  "portfolio.needs.byShare": "مرتّبة بما يتعرض للضياع من إنفاق كل حساب، لأن العملات مختلفة.",
  "portfolio.needs.none":
    "لا أحد: لا حساب تجاوز هدفه، ولا عملاء لم يتصل بهم أحد، ولا بيانات تنقصها أيامها الأخيرة.",
  "portfolio.needs.noTarget": "لا حساب له هدف لتكلفة العميل المؤهل بعد، فلا يمكن أن يتجاوزه أحد.",
  "portfolio.why.over_target": {
    zero: "{money} فوق هدفه دون أي عميل مؤهل ({share} من الإنفاق)",
    one: "{money} فوق هدفه لعميل مؤهل واحد ({share} من الإنفاق)",
    two: "{money} فوق هدفه لعميلين مؤهلين ({share} من الإنفاق)",
    few: "{money} فوق هدفه لـ {n} عملاء مؤهلين ({share} من الإنفاق)",
    many: "{money} فوق هدفه لـ {n} عميلًا مؤهلًا ({share} من الإنفاق)",
    other: "{money} فوق هدفه لـ {n} عميل مؤهل ({share} من الإنفاق)",
  },
  "portfolio.why.never_contacted": {
    zero: "لا عملاء دون اتصال",
    one: "عميل واحد لم يتصل به أحد، قيمته {money}",
    two: "عميلان لم يتصل بهما أحد، قيمتهما {money}",
    few: "{n} عملاء لم يتصل بهم أحد، قيمتهم {money}",
    many: "{n} عميلًا لم يتصل بهم أحد، قيمتهم {money}",
    other: "{n} عميل لم يتصل بهم أحد، قيمتهم {money}",
  },
  "portfolio.why.stale": {
    zero: "بياناته محدَّثة مثل غيره",
    one: "تنتهي بياناته قبل غيره بيوم",
    two: "تنتهي بياناته قبل غيره بيومين",
    few: "تنتهي بياناته قبل غيره بـ {n} أيام",
    many: "تنتهي بياناته قبل غيره بـ {n} يومًا",
    other: "تنتهي بياناته قبل غيره بـ {n} يوم",
  },
};
