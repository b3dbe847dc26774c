/**
 * What must be asked of people: each setting that the data alone cannot decide, with what the data say about it and
 * what holds until someone answers; and each finding that only a stakeholder can judge.
 */
import type { Finding, Insight, Question, Text } from "../contract/explore.ts";
import type { AccountDefinitions } from "../domain/definitions.ts";
import { STAGES } from "../domain/stages.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Look } from "./look.ts";
import { spellingsOf } from "./rules/status-spelling.ts";

/** Who confirmed an answer, by question. */
export type Answers = ReadonlyMap<string, { readonly by: string; readonly at: Date }>;

type Option = Question["options"][number];

interface Asked {
  readonly id: string;
  readonly setting: keyof AccountDefinitions;
  readonly text: Text;
  readonly why: Text;
  readonly free: Question["free"];
  readonly options: readonly Option[];
  /** Rules of findings, and ids of insights, that speak to it. */
  readonly findings?: readonly string[];
  readonly insights?: readonly string[];
}

const option = (value: Option["value"], en: string, ar: string): Option => ({
  value,
  label: { en, ar },
});

/** In the order in which answers change most. */
const SETTINGS: readonly Asked[] = [
  {
    id: "unknown-status",
    setting: "undecidedStages",
    text: {
      en: "Is a lead without a real status simply not judged yet, or is it lost?",
      ar: "العميل الذي لا حالة فعلية له: هل لم يُحكم عليه بعد، أم أنه خسارة؟",
    },
    why: {
      en: "It decides whether such leads count against the conversion rate.",
      ar: "يحدد هل يُحسب هؤلاء ضد معدل التحويل.",
    },
    free: "none",
    options: [
      option(
        ["new", "unknown"],
        "Not judged yet: new and unknown",
        "لم يُحكم عليه بعد: جديد وغير معروف",
      ),
      option(
        ["new"],
        "Unknown is a verdict; only new is open",
        "غير المعروف حكم؛ والجديد وحده مفتوح",
      ),
      option(
        ["new", "attempting", "unknown"],
        "Not judged until somebody was reached",
        "لا حكم قبل الوصول إلى العميل",
      ),
    ],
    findings: ["unknown-status", "never-touched"],
    insights: ["status-mix"],
  },
  {
    id: "status-log-since",
    setting: "statusLogSince",
    text: {
      en: "From which day is every status change logged?",
      ar: "منذ أي يوم تُسجَّل كل تغييرات الحالة؟",
    },
    why: {
      en: "Before that day a missing entry says nothing; after it, it says that nobody called.",
      ar: "قبل ذلك اليوم لا يدل غياب السجل على شيء؛ وبعده يدل على أن أحدًا لم يتصل.",
    },
    free: "date",
    options: [option(null, "As the data show", "كما تُظهر البيانات")],
    findings: ["logging-start"],
  },
  {
    id: "status-times",
    setting: "statusTimes",
    text: {
      en: "Are the times of the status log the moments of the calls, or of typing them in?",
      ar: "هل أوقات سجل الحالات هي لحظات المكالمات أم لحظات إدخالها؟",
    },
    why: {
      en: "Speed to lead and the delay of qualification are measured by these times.",
      ar: "بهذه الأوقات تُقاس سرعة التواصل وتأخر التأهيل.",
    },
    free: "none",
    options: [
      option("unknown", "Not known", "غير معروف"),
      option("as_happened", "When it happened", "لحظة حدوثها"),
      option("entered_later", "Often typed in later", "كثيرًا ما تُدخل لاحقًا"),
    ],
    findings: ["bulk-edits"],
    insights: ["speed-to-lead"],
  },
  {
    id: "spend-after-stop",
    setting: "spendAfterStop",
    text: {
      en: "Was spend reported after a campaign's stop really billed?",
      ar: "هل الإنفاق المسجَّل بعد إيقاف الحملة فُوتِر فعلًا؟",
    },
    why: {
      en: "Either the stop times are wrong, or the money is.",
      ar: "إما أن أوقات الإيقاف خاطئة، وإما أن المبالغ خاطئة.",
    },
    free: "none",
    options: [
      option("unknown", "Not known", "غير معروف"),
      option("billed", "Billed: the stop time is not the end", "فُوتِر: وقت الإيقاف ليس النهاية"),
      option("not_billed", "Not billed", "لم يُفوتَر"),
    ],
    findings: ["spend-after-stop"],
  },
  {
    id: "budget-meaning",
    setting: "budgetMeaning",
    text: {
      en: "Is the daily budget gross of tax and fees, or the net amount that delivery may spend?",
      ar: "هل الميزانية اليومية شاملة الضريبة والرسوم أم صافي ما يُصرف على العرض؟",
    },
    why: {
      en: "Pace and overspending are judged against it.",
      ar: "عليها يُحكم على وتيرة الصرف وتجاوزه.",
    },
    free: "none",
    options: [
      option("unknown", "Not known", "غير معروف"),
      option("gross", "Gross of tax and fees", "شاملة الضريبة والرسوم"),
      option("net", "Net, as delivery reports it", "صافية كما يُبلغ العرض"),
    ],
    findings: ["budget-meaning", "over-budget"],
    insights: ["budget-distribution"],
  },
  {
    id: "repeated-person",
    setting: "repeatedPerson",
    text: {
      en: "Is somebody who leaves a number twice two leads, or one person?",
      ar: "من يترك رقمه مرتين: عميلان أم شخص واحد؟",
    },
    why: {
      en: "It decides what a lead costs, and who is called twice.",
      ar: "يحدد تكلفة العميل، ومن يُتصل به مرتين.",
    },
    free: "none",
    options: [
      option("each_lead", "Each lead counts", "يُحسب كل طلب"),
      option("one_person", "One person counts once", "يُحسب الشخص مرة واحدة"),
    ],
    findings: ["one-person-several-leads"],
  },
  {
    id: "conversion-horizon",
    setting: "conversionHorizonDays",
    text: {
      en: "Within how many days of arriving must a lead qualify to count as converted?",
      ar: "خلال كم يومًا من الوصول يجب أن يتأهل العميل ليُعد تحويلًا؟",
    },
    why: {
      en: "A longer horizon counts more leads, but makes everybody wait longer for the verdict.",
      ar: "المدة الأطول تحتسب عملاء أكثر، لكنها تؤخر الحكم.",
    },
    free: "number",
    options: [7, 14, 30, 90].map((days) => option(days, `${days} days`, `${days} يومًا`)),
    insights: ["label-delay"],
  },
  {
    id: "target-cost",
    setting: "targetCostPerQualified",
    text: {
      en: "What may a qualified lead cost, tax and fees included?",
      ar: "كم يجوز أن يكلّف العميل المؤهل شاملًا الضريبة والرسوم؟",
    },
    why: {
      en: "Without a target no campaign can be called good or bad.",
      ar: "من دون هدف لا يمكن وصف حملة بأنها جيدة أو سيئة.",
    },
    free: "number",
    options: [option(null, "Not said", "غير محدد")],
    insights: ["ads-or-follow-up", "cost-spread"],
  },
  {
    id: "tax",
    setting: "taxRate",
    text: {
      en: "How much tax comes on top of the reported spend?",
      ar: "كم الضريبة فوق الإنفاق المُبلَّغ؟",
    },
    why: {
      en: "All-in costs include it; the platform's figures do not.",
      ar: "تدخل في التكلفة الكاملة، وأرقام المنصة لا تشملها.",
    },
    free: "number",
    options: [option(0, "None", "لا شيء"), option(0.14, "14%", "14%"), option(0.15, "15%", "15%")],
  },
  {
    id: "fee",
    setting: "feeRate",
    text: {
      en: "What fee does an agency take on ad spend?",
      ar: "ما أتعاب الوكالة على الإنفاق الإعلاني؟",
    },
    why: {
      en: "It is part of what a qualified lead really costs.",
      ar: "جزء مما يكلّفه العميل المؤهل فعلًا.",
    },
    free: "number",
    options: [option(0, "None", "لا شيء"), option(0.1, "10%", "10%")],
  },
  {
    id: "currency",
    setting: "currency",
    text: { en: "In which currency are the amounts?", ar: "بأي عملة المبالغ؟" },
    why: {
      en: "Files without a currency are read in this one.",
      ar: "بها تُقرأ الملفات التي لا تذكر عملة.",
    },
    free: "currency",
    options: [],
    findings: ["unit-change", "mixed-currencies"],
  },
  {
    id: "time-zone",
    setting: "timeZone",
    text: {
      en: "In which time zone are the times of the tables?",
      ar: "بأي منطقة زمنية أوقات الجداول؟",
    },
    why: {
      en: "Days, hours and after-hours leads hang on it.",
      ar: "به تتحدد الأيام والساعات ومن يصل خارج الدوام.",
    },
    free: "zone",
    options: [],
    findings: ["timezone-evidence", "clock-change"],
    insights: ["arrival-hours"],
  },
  {
    id: "work-hours",
    setting: "workHours",
    text: { en: "When do sales call?", ar: "متى يتصل فريق المبيعات؟" },
    why: {
      en: "Waiting at night is no delay where nobody works at night.",
      ar: "الانتظار ليلًا ليس تأخيرًا إن لم يعمل أحد ليلًا.",
    },
    free: "none",
    options: [
      option([9, 18], "9:00–18:00", "9:00–18:00"),
      option([9, 17], "9:00–17:00", "9:00–17:00"),
      option([10, 22], "10:00–22:00", "10:00–22:00"),
      option([0, 24], "Around the clock", "على مدار الساعة"),
    ],
    insights: ["after-hours"],
  },
  {
    id: "work-days",
    setting: "workDays",
    text: { en: "On which days do sales call?", ar: "في أي أيام يتصل فريق المبيعات؟" },
    why: {
      en: "Leads of the weekend wait by design, not by neglect.",
      ar: "عملاء العطلة ينتظرون بحكم النظام لا الإهمال.",
    },
    free: "none",
    options: [
      option([0, 1, 2, 3, 4], "Sunday to Thursday", "الأحد إلى الخميس"),
      option([6, 0, 1, 2, 3, 4], "Saturday to Thursday", "السبت إلى الخميس"),
      option([1, 2, 3, 4, 5], "Monday to Friday", "الاثنين إلى الجمعة"),
      option([0, 1, 2, 3, 4, 5, 6], "Every day", "كل يوم"),
    ],
    insights: ["after-hours"],
  },
];

const STAGE_NAMES: Readonly<Record<(typeof STAGES)[number], Text>> = {
  new: { en: "new", ar: "جديد" },
  attempting: { en: "attempting", ar: "محاولة تواصل" },
  engaged: { en: "engaged", ar: "متفاعل" },
  qualified: { en: "qualified", ar: "مؤهل" },
  meeting: { en: "meeting", ar: "اجتماع" },
  won: { en: "won", ar: "صفقة" },
  lost: { en: "lost", ar: "خسارة" },
  invalid: { en: "invalid", ar: "غير صالح" },
  unknown: { en: "unknown", ar: "غير معروف" },
};

/** Findings that are asked about status by status. */
const STATUS_RULES: ReadonlySet<string> = new Set(["unmapped-statuses", "status-spelling"]);

const UNMAPPED = sqlFile(import.meta.url, "sql/questions/unmapped-statuses.sql");

const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

/** What holds now, in the words of the option that says it, else as the value itself. */
function inForce(value: Option["value"], options: readonly Option[]): Question["inForce"] {
  const known = options.find((one) => same(one.value, value));
  if (known) return { value, label: known.label };
  const text = Array.isArray(value) ? value.join(", ") : String(value ?? "—");
  return { value, label: { en: text, ar: text } };
}

function answeredBy(answers: Answers, id: string): Question["answered"] {
  const answer = answers.get(id);
  return answer ? { by: answer.by, at: answer.at.toISOString() } : null;
}

function settingQuestion(
  asked: Asked,
  look: Look,
  findings: readonly Finding[],
  insights: readonly Insight[],
  answers: Answers,
): Question {
  const raising = findings.filter(({ rule }) => asked.findings?.includes(rule));
  const telling = insights.filter(({ id }) => asked.insights?.includes(id));
  const value = look.settings[asked.setting] as Option["value"];
  const money = raising.map((one) => Math.abs(one.moneyMinor ?? 0));
  return {
    id: asked.id,
    text: asked.text,
    why: asked.why,
    evidence: [...raising, ...telling].map((one) => one.sentence),
    findings: raising.map((one) => one.key),
    setting: asked.setting,
    finding: null,
    options: [...asked.options],
    free: asked.free,
    inForce: inForce(value, asked.options),
    answered: answeredBy(answers, asked.id),
    moneyMinor: money.length > 0 ? Math.max(...money) : null,
  };
}

const STATUS_QUESTION = "status:";

/** Stages to choose from for a status, the one of the status it is spelt like before the others. */
function stagesFor(
  status: string,
  like: { readonly status: string; readonly stage: (typeof STAGES)[number] } | null,
): Option[] {
  const options = STAGES.filter((stage) => stage !== like?.stage).map((stage) => ({
    value: { [status]: stage },
    label: STAGE_NAMES[stage],
  }));
  if (like === null) return options;
  const label: Text = {
    en: `the same as ${like.status}: ${STAGE_NAMES[like.stage].en}`,
    ar: `مثل ${like.status}: ${STAGE_NAMES[like.stage].ar}`,
  };
  return [{ value: { [status]: like.stage }, label }, ...options];
}

/** A status that no stage covers, or that somebody gave one: which stage is it? */
async function statusQuestions(
  look: Look,
  findings: readonly Finding[],
  answers: Answers,
): Promise<Question[]> {
  const answered = [...answers.keys()]
    .filter((id) => id.startsWith(STATUS_QUESTION))
    .map((id) => id.slice(STATUS_QUESTION.length));
  const rows = await look.session.all<{ status: string; leads: number; changes: number }>(
    UNMAPPED,
    { answered: JSON.stringify(answered) },
  );
  const raising = findings.filter(({ rule }) => STATUS_RULES.has(rule));
  const spelt = raising.some(({ rule }) => rule === "status-spelling")
    ? await spellingsOf(look)
    : new Map<string, string>();
  const map = look.settings.statusMap;
  return rows.map(({ status, leads, changes }) => {
    const id = `${STATUS_QUESTION}${status}`;
    const twin = spelt.get(status);
    const stage = twin === undefined ? undefined : map[twin];
    const like = twin !== undefined && stage !== undefined ? { status: twin, stage } : null;
    const mapped = map[status];
    return {
      id,
      text: look.speak(
        (s) => `What does the status ${s.name(status)} mean?`,
        (s) => `ماذا تعني الحالة ${s.name(status)}؟`,
      ),
      why: {
        en: "Rows with a status that no stage covers count nowhere in the funnel.",
        ar: "الصفوف ذات حالة لا تغطيها أي مرحلة لا تُحسب في القمع.",
      },
      evidence: [
        look.speak(
          (s) =>
            `${s.n(leads, { one: "{n} lead carries", other: "{n} leads carry" })} it now, and ${s.n(changes, { one: "{n} row", other: "{n} rows" })} of the status log.`,
          (s) =>
            `يحملها الآن ${s.n(leads, { zero: "صفر من العملاء", one: "عميل واحد", two: "عميلان", few: "{n} عملاء", other: "{n} عميلًا" })}، و${s.n(changes, { zero: "لا صفوف", one: "صف واحد", two: "صفّان", few: "{n} صفوف", other: "{n} صفًا" })} من سجل الحالات.`,
        ),
        ...(like === null
          ? []
          : [
              look.speak(
                (s) => `It is spelt like ${s.name(like.status)}.`,
                (s) => `كتابتها تشبه ${s.name(like.status)}.`,
              ),
            ]),
      ],
      findings: raising
        .filter(({ rule }) => rule !== "status-spelling" || like !== null)
        .map((one) => one.key),
      setting: "statusMap",
      finding: null,
      options: stagesFor(status, like),
      free: "none",
      inForce:
        mapped === undefined
          ? { value: null, label: { en: "left out of the funnel", ar: "خارج القمع" } }
          : { value: { [status]: mapped }, label: STAGE_NAMES[mapped] },
      answered: answeredBy(answers, id),
      moneyMinor: null,
    };
  });
}

/** A finding that only a stakeholder can judge: an answer is the treatment. */
function findingQuestion(finding: Finding): Question {
  const [newest] = finding.treatments;
  const inUse = newest && finding.proposals.find(({ kind }) => kind === newest.kind);
  const asIs: Text = { en: "nothing is changed", ar: "لا يتغير شيء" };
  return {
    id: `finding:${finding.key}`,
    text: finding.question?.text ?? finding.title,
    why: finding.why,
    evidence: [finding.sentence],
    findings: [finding.key],
    setting: null,
    finding: finding.key,
    options: finding.proposals.map(({ kind, label }) => ({ value: kind, label })),
    free: "none",
    inForce: { value: newest?.kind ?? null, label: inUse?.label ?? asIs },
    answered: newest ? { by: newest.by, at: newest.at } : null,
    moneyMinor: finding.moneyMinor,
  };
}

/**
 * Every question, unanswered ones first, then by the money behind them; settings come in their own order among equals.
 *
 * @param findings as sent, with the treatments in force
 */
export async function askAll(
  look: Look,
  findings: readonly Finding[],
  insights: readonly Insight[],
  answers: Answers,
): Promise<Question[]> {
  const asked = new Set(SETTINGS.flatMap((one) => [one.id, ...(one.findings ?? [])]));
  for (const rule of STATUS_RULES) asked.add(rule);
  const questions = [
    ...SETTINGS.map((one) => settingQuestion(one, look, findings, insights, answers)),
    ...(await statusQuestions(look, findings, answers)),
    ...findings
      .filter(
        ({ question, rule, proposals }) => question && !asked.has(rule) && proposals.length > 0,
      )
      .map(findingQuestion),
  ];
  const rank = (one: Question) => (one.answered ? 2 : one.evidence.length > 0 ? 0 : 1);
  return questions.sort(
    (left, right) =>
      rank(left) - rank(right) || Math.abs(right.moneyMinor ?? 0) - Math.abs(left.moneyMinor ?? 0),
  );
}
