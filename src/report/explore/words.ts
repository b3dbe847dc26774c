/** The fixed words of the report, in both languages; sentences with numbers come with what they speak of. */
import type { ColumnProfile, Text } from "../../contract/explore.ts";
import { type Currency, type Formats, type Language, makeFormats } from "../../contract/formats.ts";

const WORDS = {
  title: {
    en: "What the data say, and what is wrong with them",
    ar: "ماذا تقول البيانات، وما الخلل فيها",
  },
  other: { en: "العربية", ar: "English" },
  made: { en: "Made", ar: "أُعد في" },
  data: { en: "Data", ar: "البيانات" },
  definitions: { en: "Definitions", ar: "التعريفات" },
  sample: {
    en: "This is the sample world: everything and everybody in it is invented.",
    ar: "هذا عالم تجريبي: كل ما فيه ومن فيه مختلَق.",
  },
  wrong: { en: "What is wrong", ar: "ما الخلل" },
  costs: { en: "What it costs", ar: "كم يكلّف" },
  ask: { en: "What to ask", ar: "ماذا نسأل" },
  findings: { en: "Findings", ar: "النتائج" },
  noFindings: { en: "No check found anything.", ar: "لم يجد أي فحص شيئًا." },
  moreFindings: { en: "Also found", ar: "وُجد أيضًا" },
  critical: { en: "critical", ar: "حرج" },
  warning: { en: "warning", ar: "تحذير" },
  info: { en: "info", ar: "للعلم" },
  rows: { en: "Rows", ar: "الصفوف" },
  ofRows: { en: "of", ar: "من" },
  money: { en: "Money at stake", ar: "المال المعنيّ" },
  leads: { en: "Leads", ar: "العملاء" },
  why: { en: "Why it matters", ar: "لماذا يهم" },
  treatment: { en: "Proposed", ar: "المقترح" },
  inForce: { en: "In force", ar: "المعمول به" },
  question: { en: "To ask", ar: "السؤال" },
  threshold: { en: "Threshold", ar: "الحد" },
  seen: { en: "seen", ar: "المرصود" },
  item: { en: "What", ar: "البند" },
  account: { en: "Account", ar: "الحساب" },
  project: { en: "Project", ar: "المشروع" },
  campaign: { en: "Campaign", ar: "الحملة" },
  moreItems: { en: "more", ar: "أخرى" },
  examples: { en: "First rows", ar: "أول الصفوف" },
  sql: { en: "SQL that lists them all", ar: "استعلام يسردها كلها" },
  waterfall: { en: "From raw to corrected", ar: "من الخام إلى المصحَّح" },
  raw: { en: "Raw", ar: "الخام" },
  corrected: { en: "Corrected", ar: "المصحَّح" },
  proposed: { en: "If all proposals are accepted", ar: "إذا قُبلت كل المقترحات" },
  spend: { en: "Spend", ar: "الإنفاق" },
  step: { en: "Step", ar: "الخطوة" },
  notAccepted: { en: "proposed, not accepted", ar: "مقترح ولم يُقبل" },
  adsOrFollowUp: { en: "Ads or follow-up?", ar: "الإعلانات أم المتابعة؟" },
  adsFormula: {
    en: "Cost per qualified lead = cost per lead ÷ share judged ÷ share qualified of the judged. The difference to the norm is parted into these three, exactly. The norm of an account is all accounts together; that of a project or campaign is its account.",
    ar: "تكلفة العميل المؤهل = تكلفة العميل ÷ نسبة من حُكم عليهم ÷ نسبة المؤهلين منهم. والفرق عن المعتاد مقسّم على هذه الثلاثة بدقة. المعتاد للحساب هو كل الحسابات معًا، وللمشروع أو الحملة حسابهما.",
  },
  adsBars: {
    en: "Bars to the right of the line add to the cost, bars to the left save. A notch at the end: the bar reaches further than drawn.",
    ar: "ما امتدّ إلى يسار الخط يزيد التكلفة، وما امتدّ إلى يمينه يقلّلها. والثلمة في آخر الشريط تعني أنه أطول مما رُسم.",
  },
  cpl: { en: "Cost per lead", ar: "تكلفة العميل" },
  judged: { en: "Judged", ar: "حُكم عليهم" },
  qualifiedOfJudged: { en: "Qualified of judged", ar: "المؤهلون منهم" },
  cpql: { en: "Cost per qualified", ar: "تكلفة المؤهل" },
  gap: { en: "Above or below the norm, per qualified lead", ar: "فوق المعتاد أو دونه لكل مؤهل" },
  verdict: { en: "Speaks to", ar: "يخاطب" },
  ads: { en: "the ads", ar: "الإعلانات" },
  follow_up: { en: "follow-up", ar: "المتابعة" },
  lead_quality: { en: "lead quality", ar: "جودة العملاء" },
  in_line: { en: "in line", ar: "ضمن المعتاد" },
  too_little: { en: "too little to say", ar: "أقل من أن يُحكم عليه" },
  insights: { en: "Insights", ar: "رؤى" },
  questions: { en: "Questions to stakeholders", ar: "أسئلة لأصحاب الشأن" },
  default: { en: "Holds until answered", ar: "المعمول به حتى الإجابة" },
  answered: { en: "Answered", ar: "أُجيب" },
  options: { en: "Options", ar: "الخيارات" },
  moreQuestions: { en: "Not raised by these data", ar: "لا تثيرها هذه البيانات" },
  tables: { en: "Tables", ar: "الجداول" },
  column: { en: "Column", ar: "العمود" },
  kind: { en: "Kind", ar: "النوع" },
  missing: { en: "Missing", ar: "الناقص" },
  distinct: { en: "Distinct", ar: "القيم المختلفة" },
  distribution: { en: "Distribution", ar: "التوزيع" },
  values: { en: "Values", ar: "القيم" },
  median: { en: "median", ar: "الوسيط" },
  skew: { en: "skew", ar: "الالتواء" },
  mean: { en: "mean", ar: "المتوسط" },
  quantiles: { en: "share at or below", ar: "نسبة ما لا يتجاوز" },
  top: { en: "most frequent", ar: "الأكثر تكرارًا" },
  length: { en: "characters", ar: "عدد الأحرف" },
  weekdays: { en: "weekdays", ar: "أيام الأسبوع" },
  hours: { en: "hours", ar: "الساعات" },
  most: { en: "most", ar: "الأكثر" },
  fewest: { en: "fewest", ar: "الأقل" },
  usually: { en: "usually", ar: "المعتاد" },
  zeros: { en: "zeros", ar: "أصفار" },
  negatives: { en: "below zero", ar: "دون الصفر" },
  outliers: { en: "far out", ar: "شاذة" },
  about: { en: "about", ar: "نحو" },
  patterns: { en: "shapes", ar: "الأنماط" },
  gaps: { en: "days without rows", ar: "أيام بلا صفوف" },
  longest: { en: "longest", ar: "أطولها" },
  jumps: { en: "unusual days", ar: "أيام غير معتادة" },
  missingByMonth: { en: "missing by month", ar: "النقص حسب الشهر" },
  missingBy: { en: "missing unevenly", ar: "نقص غير متساوٍ" },
  howToRead: {
    en: "Colour strips count rows, first from Sunday to Saturday, then from midnight to 23:00: the stronger the colour, the more rows. “5% 20” means that 5% of the values are 20 or less. Far out: more than three times the middle half's width beyond it. Shapes write letters as a or A, four and more in a row as a+ or A+, digits as 9. Unusual days have far more or fewer rows than the days around them.",
    ar: "الأشرطة الملوّنة تعدّ الصفوف: الأول من الأحد إلى السبت، والثاني من منتصف الليل إلى 23:00، وكلما اشتدّ اللون زادت الصفوف. «5% 20» تعني أن 5% من القيم لا تتجاوز 20. الشاذّ ما بعُد عن النصف الأوسط من القيم أكثر من ثلاثة أمثال عرضه. الأنماط تكتب الحروف a أو A، والأربعة المتتالية فأكثر a+ أو A+، والأرقام 9. الأيام غير المعتادة صفوفها أكثر أو أقل بكثير من الأيام حولها.",
  },
  keys: { en: "Keys", ar: "المفاتيح" },
  unique: { en: "names each row", ar: "يسمّي كل صف" },
  repeated: { en: "rows that repeat it", ar: "صفوف تكرّره" },
  correlations: { en: "Correlations (Spearman)", ar: "الارتباطات (سبيرمان)" },
  relations: { en: "Relations", ar: "العلاقات" },
  from: { en: "From", ar: "من" },
  to: { en: "To", ar: "إلى" },
  orphans: { en: "Without a counterpart", ar: "بلا مقابل" },
  childless: { en: "Never named", ar: "لا يشير إليها شيء" },
  perParent: { en: "Per one", ar: "لكل واحد" },
  upTo: { en: "99% up to", ar: "99% حتى" },
  atMost: { en: "at most", ar: "والأكثر" },
  checked: { en: "What was checked", ar: "ما جرى فحصه" },
  checks: { en: "Checks that ran", ar: "عدد الفحوص التي جرت" },
  quiet: { en: "Looked for and not found", ar: "بُحث عنه ولم يوجد" },
  skipped: { en: "Could not be checked", ar: "تعذّر فحصه" },
  showData: { en: "Show data", ar: "عرض البيانات" },
  sources: { en: "from", ar: "من" },
  number: { en: "n", ar: "العدد" },
  interval: { en: "95% interval", ar: "مجال الثقة 95%" },
  all: { en: "All", ar: "الكل" },
  rowsByMonth: { en: "Rows by month of", ar: "الصفوف حسب شهر" },
} as const satisfies Record<string, Text>;

export type Word = keyof typeof WORDS;

const KINDS: Readonly<Record<ColumnProfile["kind"], Text>> = {
  id: { en: "id", ar: "معرّف" },
  integer: { en: "integer", ar: "عدد صحيح" },
  number: { en: "number", ar: "عدد" },
  money: { en: "money", ar: "مال" },
  boolean: { en: "yes or no", ar: "نعم أو لا" },
  date: { en: "date", ar: "تاريخ" },
  timestamp: { en: "time", ar: "وقت" },
  category: { en: "category", ar: "فئة" },
  text: { en: "text", ar: "نص" },
  phone: { en: "phone", ar: "هاتف" },
  email: { en: "e-mail", ar: "بريد" },
  empty: { en: "empty", ar: "فارغ" },
};

const TABLE_NAMES: Readonly<Record<string, Text>> = {
  campaigns: { en: "Campaigns", ar: "الحملات" },
  insights: { en: "Daily insights", ar: "الأرقام اليومية" },
  campaign_leads: { en: "Leads", ar: "العملاء المحتملون" },
  lead_status_changes: { en: "Status log", ar: "سجل الحالات" },
  people: { en: "Sales people", ar: "فريق المبيعات" },
  deals: { en: "Deals", ar: "الصفقات" },
};

/** A share that is not nothing, or not all, is not written as if it were. */
const LEAST_SHARE = 0.0005;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const MARKS = /[\u200e\u200f\u061c]/g;
/** A Sunday, from which weekdays are counted. */
const SUNDAY = Date.UTC(1970, 0, 4);
const DAY_MS = 86_400_000;

/** Everything it takes to write for one reader. */
export interface Voice {
  readonly language: Language;
  readonly formats: Formats;
  readonly unit: Currency;
  t(word: Word): string;
  /** A text of the answer in this language. */
  of(text: Text): string;
  money(minor: number | null): string;
  moneyShort(minor: number | null): string;
  count(n: number | null): string;
  percent(share: number | null): string;
  /** Up to two decimals. */
  number(value: number | null): string;
  kind(kind: ColumnProfile["kind"]): string;
  /** What a table is called; one that the product does not know keeps its own name. */
  table(name: string): string;
  /** 0 = Sunday; initials where there is little room. */
  weekday(day: number, length: "long" | "narrow"): string;
  /** A value or name that keeps its own direction among others. */
  apart(text: string): string;
  /** From one value to another. */
  range(from: string, to: string): string;
  /** Between the members of a list, and between two clauses, as this language writes them. */
  readonly comma: string;
  readonly semicolon: string;
}

export function voiceIn(language: Language, unit: Currency): Voice {
  const formats = makeFormats(language, "latn");
  const locale = language === "en" ? "en" : "ar-EG-u-nu-latn";
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const weekdays = (weekday: "long" | "narrow") =>
    new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday });
  const days = { long: weekdays("long"), narrow: weekdays("narrow") };
  const apart = (text: string) =>
    language === "ar" ? `${RIGHT_TO_LEFT.test(text) ? "\u2067" : "\u2066"}${text}\u2069` : text;
  // The marks of direction within an Arabic percentage would turn what stands beside it.
  const percentText = (share: number) => percent.format(share).replaceAll(MARKS, "");
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  return {
    language,
    formats,
    unit,
    t: (word) => WORDS[word][language],
    of: (text) => text[language],
    money: (minor) => formats.money(minor, unit),
    moneyShort: (minor) => formats.moneyShort(minor, unit),
    count: (n) => formats.count(n),
    percent(share) {
      if (share === null) return "—";
      if (share > 0 && share < LEAST_SHARE) return apart(`< ${percentText(0.001)}`);
      if (share < 1 && share >= 1 - LEAST_SHARE) return apart(`> ${percentText(0.999)}`);
      return apart(percentText(share));
    },
    number: (value) => (value === null ? "—" : decimal.format(value)),
    kind: (kind) => KINDS[kind][language],
    table: (name) => TABLE_NAMES[name]?.[language] ?? name,
    weekday: (day, length) => days[length].format(SUNDAY + day * DAY_MS),
    apart,
    range: (from, to) => (language === "ar" ? `من ${from} إلى ${to}` : `${from} – ${to}`),
    comma: language === "ar" ? "، " : ", ",
    semicolon: language === "ar" ? "؛ " : "; ",
  };
}
