/** The fixed words of the report, in both languages; sentences with numbers come with what they speak of. */
import type { Text } from "../../contract/explore.ts";
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
    en: "Cost per qualified lead = cost per lead ÷ share judged ÷ share qualified of the judged. The bars part what each pays above the norm into these three, exactly.",
    ar: "تكلفة العميل المؤهل = تكلفة العميل ÷ نسبة من حُكم عليهم ÷ نسبة المؤهلين منهم. والأعمدة تقسّم ما يدفعه كل منها فوق المعتاد على هذه الثلاثة بدقة.",
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
  zeros: { en: "zeros", ar: "أصفار" },
  negatives: { en: "below zero", ar: "دون الصفر" },
  outliers: { en: "far out", ar: "شاذة" },
  about: { en: "about", ar: "نحو" },
  patterns: { en: "shapes", ar: "الأنماط" },
  gaps: { en: "days without rows", ar: "أيام بلا صفوف" },
  jumps: { en: "unusual days", ar: "أيام غير معتادة" },
  missingBy: { en: "missing unevenly", ar: "نقص غير متساوٍ" },
  keys: { en: "Keys", ar: "المفاتيح" },
  unique: { en: "unique", ar: "فريد" },
  repeated: { en: "repeated", ar: "مكرر" },
  correlations: { en: "Correlations (Spearman)", ar: "الارتباطات (سبيرمان)" },
  relations: { en: "Relations", ar: "العلاقات" },
  from: { en: "From", ar: "من" },
  to: { en: "To", ar: "إلى" },
  orphans: { en: "Without a counterpart", ar: "بلا مقابل" },
  childless: { en: "Never named", ar: "لا يشير إليها شيء" },
  perParent: { en: "Per one, median (99%, most)", ar: "لكل واحد، الوسيط (99٪، الأكثر)" },
  checked: { en: "What was checked", ar: "ما جرى فحصه" },
  quiet: { en: "Nothing found by", ar: "لم يجد شيئًا" },
  skipped: { en: "Could not run", ar: "تعذّر تشغيله" },
  showData: { en: "Show data", ar: "عرض البيانات" },
  sources: { en: "from", ar: "من" },
  number: { en: "n", ar: "العدد" },
} as const satisfies Record<string, Text>;

export type Word = keyof typeof WORDS;

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
}

export function voiceIn(language: Language, unit: Currency): Voice {
  const formats = makeFormats(language, "latn");
  const locale = language === "en" ? "en" : "ar-EG-u-nu-latn";
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
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
    percent: (share) => (share === null ? "—" : percent.format(share)),
    number: (value) => (value === null ? "—" : decimal.format(value)),
  };
}
