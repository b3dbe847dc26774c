/** Checks of rows: exact copies, ids that repeat, clicks and impressions, the shares of a test's groups. */
import { chiSquared } from "../stats/chi-squared.ts";
import { found, item, type OtherCase, type OtherColumn, type OtherRule } from "./other-table.ts";
import { identifier, isMeasure } from "./profile/profiled.ts";

/** All columns of the table but the line. */
const everything = (one: OtherCase) => one.columns.map(({ name }) => identifier(name)).join(", ");

export const exactCopies: OtherRule = {
  id: "exact-copies",
  title: { en: "Rows that occur more than once", ar: "صفوف تتكرر كما هي" },
  thresholds: {},
  async find(one) {
    const { session, table, profile, speak } = one;
    // A column that never repeats leaves no room for copies.
    if (profile.columns.some(({ distinct }) => distinct.exact && distinct.value === profile.rows))
      return null;
    const columns = everything(one);
    const counted = await session.first<{ rows: number }>(
      `SELECT coalesce(sum(n - 1), 0)::BIGINT AS rows
       FROM (SELECT count(*) AS n FROM ${table.relation} GROUP BY ${columns} HAVING n > 1)`,
    );
    const rows = counted?.rows ?? 0;
    if (rows === 0) return null;
    const named = profile.columns.some(({ kind }) => kind === "id");
    return found(this, one, {
      severity: named && rows >= 0.001 * profile.rows ? "warning" : "info",
      rows,
      sentence: speak(
        (s) =>
          `${s.n(rows, { one: "{n} row is", other: "{n} rows are" })} an exact copy of an earlier one (${s.percent(rows / profile.rows)})${named ? "" : "; no column names a row, so two different people may simply look alike"}.`,
        (s) =>
          `${s.n(rows, { one: "صف واحد نسخة", two: "صفّان نسخة", few: "{n} صفوف نسخ", other: "{n} صفًا نسخ" })} مطابقة لصف سابق (${s.percent(rows / profile.rows)})${named ? "" : "؛ ولا يوجد عمود يميّز الصف، فقد يتشابه شخصان مختلفان"}.`,
      ),
      why: named
        ? {
            en: "A row counted twice makes every sum too large.",
            ar: "الصف المعدود مرتين يضخّم كل مجموع.",
          }
        : {
            en: "Without an id nobody can tell a copy from a twin: dropping them may drop real cases.",
            ar: "من دون معرّف لا يمكن تمييز النسخة من الشبيه: حذفها قد يحذف حالات حقيقية.",
          },
      question: named
        ? null
        : {
            id: "exact-copies",
            text: {
              en: "Is there an id that was left out of this export?",
              ar: "هل هناك معرّف لم يُدرج في هذا التصدير؟",
            },
          },
      sql: (from) =>
        `SELECT * FROM ${from} QUALIFY row_number() OVER (PARTITION BY ${columns} ORDER BY _line) > 1 ORDER BY _line`,
    });
  },
};

export const repeatedIds: OtherRule = {
  id: "repeated-ids",
  title: { en: "Ids that repeat", ar: "معرّفات تتكرر" },
  thresholds: { uniqueShare: 0.9 },
  async find(one) {
    const { profile, speak, threshold } = one;
    const nearly = profile.columns.filter(({ kind, missing, distinct }) => {
      const present = profile.rows - missing;
      return (
        kind === "id" &&
        distinct.exact &&
        distinct.value < present &&
        distinct.value >= threshold("uniqueShare") * present
      );
    });
    const [first] = nearly;
    if (!first) return null;
    const column = identifier(first.name);
    const rows = profile.rows - first.missing - first.distinct.value;
    return found(this, one, {
      severity: "warning",
      rows,
      thresholds: [
        {
          name: "uniqueShare",
          value: threshold("uniqueShare"),
          seen: first.distinct.value / (profile.rows - first.missing),
        },
      ],
      sentence: speak(
        (s) =>
          `${s.name(first.name)} names nearly every row, but ${s.n(rows, { one: "{n} row repeats", other: "{n} rows repeat" })} an id that was there before.`,
        (s) =>
          `${s.name(first.name)} يميّز كل صف تقريبًا، لكن ${s.n(rows, { one: "صفًا واحدًا يكرّر", two: "صفّين يكرران", few: "{n} صفوف تكرر", other: "{n} صفًا تكرر" })} معرّفًا سبق ذكره.`,
      ),
      why: {
        en: "Joined by this id, other tables would be counted more than once.",
        ar: "عند الربط بهذا المعرّف تُعدّ صفوف الجداول الأخرى أكثر من مرة.",
      },
      sql: (from) =>
        `SELECT * FROM ${from} WHERE ${column} IS NOT NULL QUALIFY count(*) OVER (PARTITION BY ${column}) > 1 ORDER BY ${column}, _line`,
    });
  },
};

/** A column of counts by the names that advertising tools give it. */
function countsNamed(one: OtherCase, names: RegExp): OtherColumn | null {
  const hits = one.profile.columns.filter(
    ({ name, kind }) => isMeasure(kind) && names.test(name.replace(/[_\s-]+/g, " ").trim()),
  );
  return hits.length === 1 ? (hits[0] ?? null) : null;
}

const CLICKS = /^(clicks?|link clicks|clicks \(all\)|النقرات|نقرات الرابط)$/i;
const IMPRESSIONS = /^(impressions?|impr|imps|views|مرات الظهور|الظهور)$/i;
const CONVERSIONS =
  /^((total |approved )?conversions?|results|leads|purchases|التحويلات|النتائج)$/i;

export const clicksOverImpressions: OtherRule = {
  id: "clicks-over-impressions",
  title: { en: "More clicks than impressions", ar: "نقرات أكثر من مرات الظهور" },
  thresholds: {},
  async find(one) {
    const clicks = countsNamed(one, CLICKS);
    const impressions = countsNamed(one, IMPRESSIONS);
    if (!clicks || !impressions) return null;
    const condition = `${identifier(clicks.name)} > ${identifier(impressions.name)}`;
    const counted = await one.session.first<{ rows: number }>(
      `SELECT count(*) AS rows FROM ${one.table.relation} WHERE ${condition}`,
    );
    const rows = counted?.rows ?? 0;
    if (rows === 0) return null;
    return found(this, one, {
      severity: rows > 0.01 * one.profile.rows ? "warning" : "info",
      rows,
      sentence: one.speak(
        (s) =>
          `${s.n(rows, { one: "{n} row has", other: "{n} rows have" })} more clicks than impressions.`,
        (s) =>
          `${s.n(rows, { one: "صف واحد فيه", two: "صفّان فيهما", few: "{n} صفوف فيها", other: "{n} صفًا فيها" })} نقرات أكثر من مرات الظهور.`,
      ),
      why: {
        en: "Nobody can click what was not shown: a rate above 100 % spoils every average it enters.",
        ar: "لا يمكن النقر على ما لم يظهر: معدل يتجاوز 100٪ يفسد كل متوسط يدخل فيه.",
      },
      sql: (from) => `SELECT * FROM ${from} WHERE ${condition}`,
    });
  },
};

export const conversionsWithoutClick: OtherRule = {
  id: "conversions-without-click",
  title: { en: "Results without a click", ar: "نتائج بلا نقرة" },
  thresholds: { share: 0.01 },
  async find(one) {
    const { profile, speak, threshold } = one;
    const clicks = countsNamed(one, CLICKS);
    const results = profile.columns.filter(
      ({ name, kind }) => isMeasure(kind) && CONVERSIONS.test(name.replace(/[_\s-]+/g, " ").trim()),
    );
    const [result] = results.sort(
      (left, right) => (right.numbers?.mean ?? 0) - (left.numbers?.mean ?? 0),
    );
    if (!clicks || !result) return null;
    const condition = `${identifier(clicks.name)} = 0 AND ${identifier(result.name)} > 0`;
    const counted = await one.session.first<{ rows: number; results: number }>(
      `SELECT count(*) AS rows, coalesce(sum(${identifier(result.name)}), 0)::DOUBLE AS results
       FROM ${one.table.relation} WHERE ${condition}`,
    );
    const rows = counted?.rows ?? 0;
    if (rows < threshold("share") * profile.rows || rows === 0) return null;
    return found(this, one, {
      severity: "info",
      rows,
      thresholds: [{ name: "share", value: threshold("share"), seen: rows / profile.rows }],
      sentence: speak(
        (s) =>
          `${s.n(rows, { one: "{n} row has", other: "{n} rows have" })} ${s.name(result.name)} and no click: ${s.count(counted?.results ?? 0)} results that nobody clicked for.`,
        (s) =>
          `${s.n(rows, { one: "صف واحد فيه", two: "صفّان فيهما", few: "{n} صفوف فيها", other: "{n} صفًا فيها" })} ${s.name(result.name)} بلا أي نقرة: ${s.count(counted?.results ?? 0)} من النتائج لم ينقر أحد من أجلها.`,
      ),
      why: {
        en: "The platform counts people who only saw the ad: cost per result and results per click then speak of different people.",
        ar: "المنصة تعدّ من شاهد الإعلان فقط: فتكلفة النتيجة والنتائج لكل نقرة تتحدثان عن أشخاص مختلفين.",
      },
      question: {
        id: "conversions-without-click",
        text: {
          en: "Do results after a mere view count, and within how many days?",
          ar: "هل تُحتسب النتائج بعد المشاهدة وحدها، وخلال كم يوم؟",
        },
      },
      sql: (from) => `SELECT * FROM ${from} WHERE ${condition}`,
    });
  },
};

const GROUP_NAME =
  /(^|[\s_-])(version|variant|variation|group|arm|treatment|test|ab|ab test|experiment|segment|bucket|cohort)([\s_-]?(id|name|group))?$|^(مجموعة|نسخة)/i;

/** Smaller chances are lost in rounding. */
const LEAST_CHANCE = 1e-9;

/** Chance of shares this uneven or more if every group were as likely: Pearson's chi-square. */
export function evenShares(counts: readonly number[]): { chiSquare: number; p: number } {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const each = total / counts.length;
  const chiSquare = counts.reduce((sum, n) => sum + (n - each) ** 2 / each, 0);
  return { chiSquare, p: chiSquared(counts.length - 1).upper(chiSquare) };
}

export const sampleRatio: OtherRule = {
  id: "sample-ratio",
  title: { en: "Uneven groups of a test", ar: "مجموعات تجربة غير متساوية" },
  thresholds: { p: 0.01, leastShare: 0.8 },
  async find(one) {
    const { profile, speak, threshold } = one;
    for (const column of profile.columns) {
      if (column.kind !== "category" || !GROUP_NAME.test(column.name)) continue;
      if (column.distinct.value < 2 || column.distinct.value > 6 || column.missing > 0) continue;
      const counts = column.top.map(({ n }) => n);
      // Groups that were never meant to be even are no evidence of a fault.
      const each = profile.rows / counts.length;
      if (counts.some((n) => n < threshold("leastShare") * each)) continue;
      const { chiSquare, p } = evenShares(counts);
      if (p >= threshold("p")) continue;
      const groups = column.top.map(({ value, n }) => ({ value, n }));
      const shown = p < LEAST_CHANCE ? `< ${LEAST_CHANCE}` : `= ${p.toPrecision(2)}`;
      const times = Math.round(1 / Math.max(p, LEAST_CHANCE));
      return found(this, one, {
        severity: "warning",
        rows: profile.rows,
        thresholds: [{ name: "p", value: threshold("p"), seen: p }],
        sentence: speak(
          (s) =>
            `The groups of ${s.name(column.name)} are not of one size: ${s.list(groups.map(({ value, n }) => `${s.name(value)} ${s.count(n)}`))}. Even shares would differ this much ${p < LEAST_CHANCE ? "less than " : ""}once in ${s.count(times)} times (chi-square ${chiSquare.toFixed(2)}, p ${shown}).`,
          (s) =>
            `مجموعات ${s.name(column.name)} ليست بحجم واحد: ${s.list(groups.map(({ value, n }) => `${s.name(value)} ${s.count(n)}`))}. لو كانت الحصص متساوية لما اختلفت بهذا القدر إلا ${p < LEAST_CHANCE ? "أقل من " : ""}مرة كل ${s.count(times)} مرة (كاي تربيع ${chiSquare.toFixed(2)}، p ${shown}).`,
        ),
        why: {
          en: "If people did not come into the groups by chance alone, a difference between the groups may be theirs and not the change's.",
          ar: "إن لم يدخل الناس المجموعات بالصدفة وحدها، فقد يكون الفرق بينها منهم لا من التغيير.",
        },
        items: groups.map(({ value, n }) => item(value, n, null)),
        question: {
          id: "sample-ratio",
          text: {
            en: "Were the groups meant to be of equal size, and was anyone left out after the assignment?",
            ar: "هل كان المقصود مجموعات متساوية، وهل استُبعد أحد بعد التوزيع؟",
          },
        },
        sql: (from) =>
          `SELECT ${identifier(column.name)}, count(*) AS rows FROM ${from} GROUP BY ALL ORDER BY rows DESC`,
      });
    }
    return null;
  },
};

/** Days without a row in a table that has one for nearly every day. */
export const missingDays: OtherRule = {
  id: "missing-days",
  title: { en: "Missing days", ar: "أيام مفقودة" },
  thresholds: { coverage: 0.7, leastDays: 30 },
  async find(one) {
    const { profile, speak, threshold } = one;
    for (const { name, time } of profile.columns) {
      if (!time || time.gapDays === 0) continue;
      const days =
        Math.round(
          (Date.parse(time.last.slice(0, 10)) - Date.parse(time.first.slice(0, 10))) / 86_400_000,
        ) + 1;
      const coverage = 1 - time.gapDays / days;
      if (days < threshold("leastDays") || coverage < threshold("coverage")) continue;
      const [longest] = time.gaps;
      if (!longest) continue;
      return found(this, one, {
        severity: "info",
        rows: time.gapDays,
        of: days,
        unit: { en: "days", ar: "أيام" },
        thresholds: [{ name: "coverage", value: threshold("coverage"), seen: coverage }],
        sentence: speak(
          (s) =>
            `${s.count(time.gapDays)} of ${s.count(days)} days of ${s.name(name)} have no row; the longest stretch is ${s.period(longest.from, longest.to)} (${s.n(longest.days, { one: "{n} day", other: "{n} days" })}).`,
          (s) =>
            `${s.count(time.gapDays)} من ${s.count(days)} يومًا في ${s.name(name)} بلا أي صف؛ وأطول فترة ${s.period(longest.from, longest.to)} (${s.n(longest.days, { one: "يوم واحد", two: "يومان", few: "{n} أيام", other: "{n} يومًا" })}).`,
        ),
        why: {
          en: "A day without a row may be a day of nothing, or one that was not recorded: averages and forecasts read the two differently.",
          ar: "اليوم بلا صف قد يكون يومًا بلا نشاط أو يومًا لم يُسجَّل: والمتوسطات والتوقعات تقرأ الحالتين بشكل مختلف.",
        },
        items: time.gaps.map((gap) => item(`${gap.from} – ${gap.to}`, gap.days, null)),
        question: {
          id: "missing-days",
          text: {
            en: "Did nothing happen on these days, or was nothing recorded?",
            ar: "ألم يحدث شيء في هذه الأيام أم لم يُسجَّل؟",
          },
        },
        sql: (from) =>
          `SELECT ${identifier(name)}::DATE AS day, count(*) AS rows FROM ${from} GROUP BY day ORDER BY day`,
      });
    }
    return null;
  },
};
