/** Checks of single columns: constant, nearly empty, placeholders for nothing, spellings, values far from all others. */

import { COLUMNS_UNIT, found, item, type OtherCase, type OtherRule } from "./other-table.ts";
import { identifier, isMeasure } from "./profile/profiled.ts";
import { quoted } from "./quoted.ts";

export const constantColumns: OtherRule = {
  id: "constant-columns",
  title: { en: "Columns with one value", ar: "أعمدة ذات قيمة واحدة" },
  thresholds: {},
  async find(one) {
    const { profile, speak } = one;
    if (profile.rows < 2) return null;
    const constant = profile.columns.filter(
      ({ missing, distinct }) => missing === 0 && distinct.value === 1,
    );
    if (constant.length === 0) return null;
    return found(this, one, {
      severity: "info",
      rows: constant.length,
      of: profile.columns.length,
      unit: COLUMNS_UNIT,
      sentence: speak(
        (s) =>
          `${s.n(constant.length, { one: "{n} column holds", other: "{n} columns hold" })} the same value in every row: ${s.list(constant.map(({ name }) => s.name(name)))}.`,
        (s) =>
          `${s.n(constant.length, { one: "عمود واحد يحمل", two: "عمودان يحملان", few: "{n} أعمدة تحمل", other: "{n} عمودًا تحمل" })} القيمة نفسها في كل صف: ${s.list(constant.map(({ name }) => s.name(name)))}.`,
      ),
      why: {
        en: "A column that never changes explains nothing; it may be a question that nobody answers any more.",
        ar: "العمود الذي لا يتغيّر لا يفسّر شيئًا؛ وقد يكون سؤالًا لم يعد أحد يجيب عنه.",
      },
      items: constant.map(({ name, top }) =>
        item(name, profile.rows, { en: top[0]?.value ?? "", ar: top[0]?.value ?? "" }),
      ),
      sql: (from) =>
        `SELECT ${constant.map(({ name }) => `any_value(${identifier(name)}) AS ${identifier(name)}`).join(", ")} FROM ${from}`,
    });
  },
};

export const emptyColumns: OtherRule = {
  id: "nearly-empty-columns",
  title: { en: "Nearly empty columns", ar: "أعمدة شبه فارغة" },
  thresholds: { missingShare: 0.95 },
  async find(one) {
    const { profile, speak, threshold } = one;
    const least = threshold("missingShare");
    const empty = profile.columns.filter(
      ({ missingShare }) => profile.rows > 0 && missingShare >= least,
    );
    const [first] = empty;
    if (!first) return null;
    return found(this, one, {
      severity: "info",
      rows: empty.length,
      of: profile.columns.length,
      unit: COLUMNS_UNIT,
      thresholds: [{ name: "missingShare", value: least, seen: first.missingShare }],
      sentence: speak(
        (s) =>
          `${s.n(empty.length, { one: "{n} column is", other: "{n} columns are" })} empty in at least ${s.percent(least)} of the rows: ${s.list(empty.map((column) => `${s.name(column.name)} (${s.percent(column.missingShare)})`))}.`,
        (s) =>
          `${s.n(empty.length, { one: "عمود واحد فارغ", two: "عمودان فارغان", few: "{n} أعمدة فارغة", other: "{n} عمودًا فارغًا" })} في ${s.percent(least)} من الصفوف على الأقل: ${s.list(empty.map((column) => `${s.name(column.name)} (${s.percent(column.missingShare)})`))}.`,
      ),
      why: {
        en: "What is almost never filled in cannot be compared between rows.",
        ar: "ما لا يُملأ إلا نادرًا لا يصلح للمقارنة بين الصفوف.",
      },
      items: empty.map(({ name, missing }) => item(name, missing, null)),
      sql: (from) =>
        `SELECT ${empty.map(({ name }) => `count(${identifier(name)}) AS ${identifier(name)}`).join(", ")} FROM ${from}`,
    });
  },
};

/** Texts that stand where nothing was filled in; compared without case, dots and surrounding signs. */
const PLACEHOLDERS =
  /^(select|please select|select one|choose|choose one|none selected|not selected|not specified|not provided|not available|not applicable|unspecified|undefined|unknown|n ?\/? ?a|na|nan|nil|null|none|blank|empty|tbd|to be determined|\?+|-+|\.+|اختر|اختر من القائمة|غير محدد|غير معروف|غير متوفر|لا يوجد|بدون)$/iu;
/** Numbers that stand for nothing where they lie apart from all others. */
const SENTINELS = new Set([
  "-1",
  "-9",
  "-99",
  "-999",
  "-9999",
  "999",
  "9999",
  "99999",
  "999999",
  "9999999",
]);

/** Placeholders of a column with how often each occurs. */
export function placeholdersOf(
  column: OtherCase["profile"]["columns"][number],
): { value: string; n: number }[] {
  if (column.kind === "category" || column.kind === "text" || column.kind === "id") {
    return column.top.filter(({ value }) =>
      PLACEHOLDERS.test(
        value
          .normalize("NFKC")
          .trim()
          .replace(/^[<[(]+|[>\])….]+$/g, ""),
      ),
    );
  }
  const { numbers } = column;
  if (!isMeasure(column.kind) || !numbers) return [];
  const range = (numbers.quantiles[4] ?? 0) - (numbers.quantiles[2] ?? 0);
  return column.top.filter(({ value, n, share }) => {
    const x = Number(value);
    const atEnd = x === numbers.min || x === numbers.max;
    const apart =
      range > 0 &&
      (x < (numbers.quantiles[2] ?? 0) - 3 * range || x > (numbers.quantiles[4] ?? 0) + 3 * range);
    // A lone -1 where nothing else is negative is apart as well.
    const only = x < 0 && numbers.negatives === n;
    return SENTINELS.has(value.replace(/\.0+$/, "")) && share >= 0.005 && atEnd && (apart || only);
  });
}

export const hiddenMissing: OtherRule = {
  id: "hidden-missing",
  title: { en: "Placeholders instead of nothing", ar: "قيم بديلة عن الفراغ" },
  thresholds: { share: 0.001, warningShare: 0.05 },
  async find(one) {
    const { profile, speak, threshold } = one;
    const hidden = profile.columns
      .map((column) => {
        const values = placeholdersOf(column).filter(
          ({ n }) => n >= threshold("share") * profile.rows,
        );
        return { column, values, n: values.reduce((sum, { n }) => sum + n, 0) };
      })
      .filter(({ n }) => n > 0)
      .sort((left, right) => right.n - left.n);
    const [first] = hidden;
    if (!first) return null;
    const share = (n: number) => n / profile.rows;
    const told = hidden.slice(0, 6);
    const condition = hidden
      .map(
        ({ column, values }) =>
          `${identifier(column.name)}::VARCHAR IN (${values.map(({ value }) => quoted(value)).join(", ")})`,
      )
      .join(" OR ");
    const counted = await one.session.first<{ n: number }>(
      `SELECT count(*) AS n FROM ${one.table.relation} WHERE ${condition}`,
    );
    return found(this, one, {
      severity: share(first.n) >= threshold("warningShare") ? "warning" : "info",
      rows: counted?.n ?? first.n,
      thresholds: [
        { name: "warningShare", value: threshold("warningShare"), seen: share(first.n) },
      ],
      sentence: speak(
        (s) =>
          `${s.n(hidden.length, { one: "{n} column writes", other: "{n} columns write" })} a word where nothing was filled in: ${s.list(told.map(({ column, values, n }) => `${s.name(column.name)} (“${values[0]?.value}”, ${s.percent(share(n))}; with the empty cells ${s.percent(share(n + column.missing))})`))}.`,
        (s) =>
          `${s.n(hidden.length, { one: "عمود واحد يكتب", two: "عمودان يكتبان", few: "{n} أعمدة تكتب", other: "{n} عمودًا تكتب" })} كلمة حيث لم يُملأ شيء: ${s.list(told.map(({ column, values, n }) => `${s.name(column.name)} («${s.name(values[0]?.value ?? "")}»، ${s.percent(share(n))}، ومع الخانات الفارغة ${s.percent(share(n + column.missing))})`))}.`,
      ),
      why: {
        en: "A menu left untouched is no answer: counted as a value it hides how much is missing.",
        ar: "القائمة التي لم يلمسها أحد ليست إجابة: عدّها قيمةً يخفي حجم الناقص.",
      },
      items: hidden.map(({ column, values, n }) =>
        item(column.name, n, {
          en: values.map(({ value }) => value).join(", "),
          ar: values.map(({ value }) => value).join("، "),
        }),
      ),
      question: {
        id: "hidden-missing",
        text: {
          en: "Are these words what a form shows before anyone has chosen?",
          ar: "هل هذه الكلمات هي ما يعرضه النموذج قبل أن يختار أحد؟",
        },
      },
      sql: (from) => `SELECT * FROM ${from} WHERE ${condition}`,
    });
  },
};

interface Spelling {
  column: string;
  into: string;
  from: string[];
  rows: number;
}

const FOLD = (v: string) =>
  `regexp_replace(strip_accents(lower(nfc_normalize(translate(${v}, 'أإآٱىةؤئ', 'اااايهوي')))), '[\\s\\p{P}\\p{Z}\\x{200B}-\\x{200F}\\x{0640}]+', '', 'g')`;

/** Values of a category that differ in case, spaces, signs or variants of letters only. */
export const mixedSpellings: OtherRule = {
  id: "mixed-spellings",
  title: { en: "One value, several spellings", ar: "قيمة واحدة بأكثر من كتابة" },
  thresholds: {},
  async find(one) {
    const { profile, speak, session, table } = one;
    const spellings: Spelling[] = [];
    for (const { name, kind } of profile.columns) {
      if (kind !== "category") continue;
      const column = identifier(name);
      const same = await session.all<{ into: string; all: string[]; rows: number }>(
        `SELECT arg_max(v, n) AS "into", list(v ORDER BY n DESC, v) AS "all", (sum(n) - max(n))::BIGINT AS rows
         FROM (SELECT ${column} AS v, count(*) AS n FROM ${table.relation} WHERE ${column} IS NOT NULL GROUP BY v)
         GROUP BY ${FOLD("v")} HAVING count(*) > 1 AND ${FOLD("any_value(v)")} <> '' ORDER BY rows DESC LIMIT 50`,
      );
      for (const { into, all, rows } of same) {
        spellings.push({ column: name, into, from: all.filter((value) => value !== into), rows });
      }
    }
    if (spellings.length === 0) return null;
    spellings.sort((left, right) => right.rows - left.rows);
    const rows = spellings.reduce((sum, each) => sum + each.rows, 0);
    const [first] = spellings as [Spelling, ...Spelling[]];
    return found(this, one, {
      severity: rows >= 0.05 * profile.rows ? "warning" : "info",
      rows,
      sentence: speak(
        (s) =>
          `${s.n(spellings.length, { one: "{n} value is", other: "{n} values are" })} written in more than one way, the most in ${s.name(first.column)}: ${s.list(first.from.slice(0, 3).map((value) => `“${value}”`))} beside “${first.into}”; ${s.n(rows, { one: "{n} row is", other: "{n} rows are" })} in the rarer spelling.`,
        (s) =>
          `${s.n(spellings.length, { one: "قيمة واحدة مكتوبة", two: "قيمتان مكتوبتان", few: "{n} قيم مكتوبة", other: "{n} قيمة مكتوبة" })} بأكثر من طريقة، وأكثرها في ${s.name(first.column)}: ${s.list(first.from.slice(0, 3).map((value) => `«${s.name(value)}»`))} إلى جانب «${s.name(first.into)}»؛ ${s.n(rows, { one: "صف واحد", two: "صفّان", few: "{n} صفوف", other: "{n} صفًا" })} بالكتابة الأقل شيوعًا.`,
      ),
      why: {
        en: "Counts and averages by this value are split into parts that belong together.",
        ar: "الأعداد والمتوسطات بحسب هذه القيمة مقسّمة إلى أجزاء هي في الأصل واحدة.",
      },
      items: spellings.map((each) =>
        item(`${each.column}: ${each.into}`, each.rows, {
          en: each.from.map((value) => `“${value}”`).join(", "),
          ar: each.from.map((value) => `«${value}»`).join("، "),
        }),
      ),
      sql: (from) =>
        `SELECT * FROM ${from} WHERE ${spellings
          .slice(0, 50)
          .map((each) => `${identifier(each.column)} IN (${each.from.map(quoted).join(", ")})`)
          .join(" OR ")}`,
    });
  },
};

interface Lone {
  column: string;
  value: number;
  next: number;
  n: number;
}

/** Few values far beyond the next one: slips of the pen, tests, machines. A long tail that thins out is none. */
export const loneValues: OtherRule = {
  id: "lone-values",
  title: { en: "Values far from all others", ar: "قيم بعيدة عن كل ما عداها" },
  thresholds: { ratio: 4, mostRows: 5 },
  async find(one) {
    const { profile, speak, session, table, threshold } = one;
    const lone: Lone[] = [];
    for (const { name, kind, numbers, distinct } of profile.columns) {
      if (!isMeasure(kind) || !numbers || distinct.value < 20 || numbers.outliers === 0) continue;
      const column = identifier(name);
      const middle = numbers.quantiles[3] ?? 0;
      const edge = Math.max(
        Math.abs(numbers.quantiles[6] ?? 0),
        Math.abs(numbers.quantiles[0] ?? 0),
      );
      const far = await session.all<{ v: number; n: number }>(
        `SELECT ${column}::DOUBLE AS v, count(*) AS n FROM ${table.relation} WHERE isfinite(${column}::DOUBLE)
         GROUP BY v ORDER BY abs(v - ${middle}) DESC LIMIT ${threshold("mostRows") + 1}`,
      );
      let upto = 0;
      for (let i = 0; i + 1 < far.length; i++) {
        const here = far[i] as { v: number; n: number };
        const next = far[i + 1] as { v: number; n: number };
        upto += here.n;
        if (upto > threshold("mostRows")) break;
        const gap = Math.abs(here.v - middle) / Math.max(Math.abs(next.v - middle), edge, 1e-9);
        if (gap < threshold("ratio")) continue;
        for (const each of far.slice(0, i + 1))
          lone.push({ column: name, value: each.v, next: next.v, n: each.n });
        break;
      }
    }
    if (lone.length === 0) return null;
    const [first] = lone as [Lone, ...Lone[]];
    const rows = lone.reduce((sum, { n }) => sum + n, 0);
    return found(this, one, {
      severity: "warning",
      rows,
      thresholds: [
        {
          name: "ratio",
          value: threshold("ratio"),
          seen: Math.abs(first.value / (first.next || 1)),
        },
      ],
      sentence: speak(
        (s) =>
          `${s.n(rows, { one: "{n} row holds", other: "{n} rows hold" })} a value far beyond all others: ${s.list(lone.slice(0, 4).map((each) => `${s.name(each.column)} ${s.number(each.value)}, where the next is ${s.number(each.next)}`))}.`,
        (s) =>
          `${s.n(rows, { one: "صف واحد فيه", two: "صفّان فيهما", few: "{n} صفوف فيها", other: "{n} صفًا فيها" })} قيمة تتجاوز كل ما عداها بكثير: ${s.list(lone.slice(0, 4).map((each) => `${s.name(each.column)} ${s.number(each.value)} بينما التالية ${s.number(each.next)}`))}.`,
      ),
      why: {
        en: "One such value moves an average by itself, and can decide a comparison.",
        ar: "قيمة واحدة كهذه تحرّك المتوسط وحدها، وقد تحسم مقارنة.",
      },
      items: lone.map((each) => item(`${each.column}: ${each.value}`, each.n, null)),
      question: {
        id: "lone-values",
        text: {
          en: "Is this a real case, or a test, a machine or a slip of the pen?",
          ar: "هل هذه حالة حقيقية، أم تجربة أو برنامج آلي أو خطأ في الإدخال؟",
        },
      },
      sql: (from) =>
        `SELECT * FROM ${from} WHERE ${lone.map((each) => `${identifier(each.column)} = ${each.value}`).join(" OR ")}`,
    });
  },
};
