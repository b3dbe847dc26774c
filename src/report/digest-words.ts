/** Words of a digest in both languages. */
import type { Language } from "../contract/formats.ts";

const WORDS = {
  spend: ["Spend", "الإنفاق"],
  leads: ["Leads", "العملاء المحتملون"],
  qualified: ["Qualified leads", "العملاء المؤهلون"],
  cpl: ["Cost per lead", "تكلفة العميل المحتمل"],
  cpql: ["Cost per qualified lead", "تكلفة العميل المؤهل"],
  ctr: ["Click rate", "نسبة النقر"],
  now: ["This period", "هذه الفترة"],
  before: ["Before", "قبلها"],
  change: ["Change", "التغيّر"],
  interval: ["between {low} and {high}, from {n}", "بين {low} و{high}، من {n}"],
  from: ["at least {low}, from {n}", "{low} على الأقل، من {n}"],
  compared: ["Compared with {period}", "مقارنة بالفترة {period}"],
  noPrevious: ["There are no earlier days to compare with", "لا توجد أيام سابقة للمقارنة"],
  changed: ["What changed", "ما الذي تغيّر"],
  changedFrom: ["{what}: {after}, before {before}", "{what}: {after}، وكانت {before}"],
  through: ["Through these campaigns most", "وأكثر ما جاء منه عبر هذه الحملات"],
  rest: ["All others ({n})", "البقية ({n})"],
  ofChange: ["Part of the change", "نصيبها من التغيّر"],
  best: ["Most qualified leads", "الأكثر في العملاء المؤهلين"],
  worst: [
    "Spent without a qualified lead, though leads were judged",
    "أنفقت دون عميل مؤهل مع أن عملاءها حُكم عليهم",
  ],
  campaign: ["Campaign", "الحملة"],
  judged: ["Judged", "المحكوم عليهم"],
  noCampaign: ["without a campaign", "بلا حملة"],
  said: ["What the figures say", "ما تقوله الأرقام"],
  immature: [
    "{share} of the leads are younger than {days} days, the time in which leads are judged: qualified leads may still be added, and costs may still fall.",
    "{share} من العملاء أحدث من {days} يومًا، وهي المدة التي يُحكم فيها على العملاء: قد يزيد عدد المؤهلين وتنخفض التكلفة.",
  ],
  mature: [
    "All leads are old enough to have been judged.",
    "كل العملاء مضى عليهم ما يكفي للحكم عليهم.",
  ],
  mixed: [
    "The accounts have several currencies, so amounts are left out.",
    "للحسابات أكثر من عملة، فتُركت المبالغ.",
  ],
  how: [
    "Intervals are of 95 %: a small number of leads says little. Figures rest on {basis} data as of {day}.",
    "المجالات بنسبة 95٪، والعدد القليل من العملاء لا يقول الكثير. الأرقام على أساس البيانات {basis} حتى {day}.",
  ],
  corrected: ["corrected", "المصحّحة"],
  deduplicated: ["deduplicated", "بلا تكرار"],
  raw: ["raw", "الخام"],
  empty: ["There are no figures yet.", "لا توجد أرقام بعد."],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

export type DigestWord = keyof typeof WORDS;
export type Speak = (word: DigestWord, values?: Readonly<Record<string, string>>) => string;

export function speakIn(language: Language): Speak {
  const at = language === "en" ? 0 : 1;
  return (word, values = {}) =>
    WORDS[word][at].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
