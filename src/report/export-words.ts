/** Words of exported tables in both languages. */
import type { Language } from "../contract/formats.ts";
import type { Stage } from "../domain/stages.ts";

/** English and Arabic. */
type Both = readonly [string, string];

export const WORDS = {
  campaigns: ["Campaigns", "الحملات"],
  leads: ["Leads", "العملاء"],
  segments: ["Segments", "الشرائح"],
  breakdown: ["Breakdown", "التوزيع"],
  rows: ["Rows", "الصفوف"],
  findingRows: ["Rows of a finding", "صفوف الملاحظة"],
  people: ["People", "الأشخاص"],
  audit: ["Record of deeds", "سجل الأعمال"],

  campaignId: ["Campaign id", "معرّف الحملة"],
  campaign: ["Campaign", "الحملة"],
  project: ["Project", "المشروع"],
  account: ["Account", "الحساب"],
  state: ["State", "الحالة"],
  dailyBudget: ["Daily budget", "الميزانية اليومية"],
  start: ["Start", "البداية"],
  stop: ["Stop", "النهاية"],
  firstDay: ["First day", "أول يوم"],
  lastDay: ["Last day", "آخر يوم"],
  days: ["Days with delivery", "أيام الظهور"],
  spend: ["Spend", "الإنفاق"],
  spendAllIn: ["Spend with tax and fee", "الإنفاق بالضريبة والرسوم"],
  impressions: ["Impressions", "مرات الظهور"],
  clicks: ["Clicks", "النقرات"],
  ctr: ["CTR", "نسبة النقر"],
  cpc: ["Cost per click", "تكلفة النقرة"],
  cpm: ["Cost per 1,000 impressions", "تكلفة ألف ظهور"],
  cvr: ["Leads by clicks", "العملاء من النقرات"],
  leadCount: ["Leads", "العملاء"],
  cpl: ["Cost per lead", "تكلفة العميل"],
  undecided: ["Undecided", "لم يُبتّ"],
  judged: ["Judged", "المحكوم عليهم"],
  judgedShare: ["Share judged", "نسبة المحكوم عليهم"],
  qualified: ["Qualified", "المؤهلون"],
  conversion: ["Qualified of judged", "المؤهلون من المحكوم عليهم"],
  qualifiedShare: ["Share qualified", "نسبة المؤهلين"],
  low: ["{0}, low end", "{0}، الحد الأدنى"],
  high: ["{0}, high end", "{0}، الحد الأعلى"],
  meetings: ["Meetings", "الاجتماعات"],
  deals: ["Deals", "الصفقات"],
  cpql: ["Cost per qualified lead", "تكلفة العميل المؤهل"],
  campaignCount: ["Campaigns", "الحملات"],
  segment: ["Segment", "الشريحة"],
  bandLow: ["From", "من"],
  bandHigh: ["To", "إلى"],
  differs: ["Differs from the others", "تختلف عن غيرها"],

  leadId: ["Lead id", "معرّف العميل"],
  name: ["Name", "الاسم"],
  phone: ["Phone", "الهاتف"],
  phoneValid: ["Phone is valid", "الهاتف صحيح"],
  email: ["E-mail", "البريد الإلكتروني"],
  status: ["Status", "الحالة المسجلة"],
  stage: ["Stage", "المرحلة"],
  arrival: ["Arrival", "وقت الوصول"],
  assignedTo: ["Assigned to", "مسند إلى"],
  logged: ["In the status log", "في سجل الحالات"],
  firstTouch: ["First contact", "أول تواصل"],
  wait: ["Minutes to first contact", "دقائق حتى أول تواصل"],

  table: ["Table", "الجدول"],
  file: ["File", "الملف"],
  line: ["Line", "السطر"],
  dropped: ["Why it does not count", "سبب عدم احتسابه"],

  contact: ["Signs in with", "يدخل بـ"],
  roles: ["Roles", "الأدوار"],
  addedAt: ["Since", "منذ"],
  addedBy: ["Let in by", "أدخله"],
  at: ["At (UTC)", "الوقت (UTC)"],
  person: ["Person", "الشخص"],
  key: ["Key", "المفتاح"],
  action: ["Deed", "العمل"],
  about: ["About", "بخصوص"],
  answer: ["Answer", "الرد"],

  period: ["Period", "الفترة"],
  compared: ["Compared with", "مقارنة بـ"],
  basis: ["Basis", "الأساس"],
  asOf: ["As known on", "كما عُرف في"],
  currency: ["Currency", "العملة"],
  mixed: ["several; money is left out", "أكثر من عملة، فتُركت المبالغ"],
  filters: ["Filters", "عوامل التصفية"],
  none: ["none", "لا شيء"],
  madeAt: ["Made at (UTC)", "أُعدّ في (UTC)"],
  definitions: ["Version of the definitions", "إصدار التعريفات"],
  rowCount: ["Rows", "عدد الصفوف"],
  masked: ["Phones and e-mails", "الهواتف والبُرُد"],
  maskedFor: ["as the role of who took the file shows them", "كما يُظهرها دور من أخذ الملف"],

  live: ["live", "جارية"],
  ended: ["ended", "منتهية"],
  never: ["never delivered", "لم تظهر قط"],
  higher: ["higher", "أعلى"],
  lower: ["lower", "أدنى"],
  no: ["no", "لا"],
  corrected: ["corrected", "مصحّح"],
  deduplicated: ["deduplicated", "بلا تكرار"],
  raw: ["raw", "خام"],
} as const satisfies Readonly<Record<string, Both>>;

export type Word = keyof typeof WORDS;

const STAGE_WORDS: Readonly<Record<Stage, Both>> = {
  new: ["new", "جديد"],
  attempting: ["attempting", "محاولة اتصال"],
  engaged: ["engaged", "متابعة"],
  qualified: ["qualified", "مؤهل"],
  meeting: ["meeting", "اجتماع"],
  won: ["won", "صفقة"],
  lost: ["lost", "مفقود"],
  invalid: ["invalid", "غير صالح"],
  unknown: ["unknown", "غير معروف"],
};

export type Say = (word: Word) => string;

export function sayIn(language: Language): Say {
  const at = language === "en" ? 0 : 1;
  return (word) => WORDS[word][at];
}

/** A stage by its name; one that nobody knows as it stands. */
export function stageIn(language: Language, stage: string | null): string | null {
  if (stage === null) return null;
  return STAGE_WORDS[stage as Stage]?.[language === "en" ? 0 : 1] ?? stage;
}
