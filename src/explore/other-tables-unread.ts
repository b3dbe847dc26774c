/** What of the files given could not be read, so that a short report is not taken for a clean one. */

import type { Finding, Text } from "../contract/explore.ts";
import { severityOf } from "./gather.ts";
import { ROWS } from "./nouns.ts";
import { firstRows, item, type OtherRule } from "./other-table.ts";
import { identifier } from "./profile/profiled.ts";
import { quoted } from "./quoted.ts";
import type { Speak } from "./say.ts";

/** A file that is in no table of the report. */
export interface UnreadFile {
  readonly name: string;
  readonly code: string;
  /** What was wrong with it, in English. */
  readonly what: string;
}

export const unreadableRows: OtherRule = {
  id: "unreadable-rows",
  title: { en: "Rows that could not be read", ar: "صفوف تعذّرت قراءتها" },
  thresholds: { warningShare: 0.001, criticalShare: 0.05 },
  async find({ session, speak, table, profile, threshold }) {
    const { unreadable } = table;
    if (unreadable === null) return null;
    const of = profile.rows + unreadable.rows;
    const share = unreadable.rows / of;
    const reasons = await session.all<{ reason: string; n: number; first: number; kinds: number }>(
      `SELECT reason, count(*) AS n, min(min(line)) OVER () AS first, count(*) OVER () AS kinds
       FROM ${unreadable.relation} GROUP BY reason ORDER BY n DESC, min(line) LIMIT 50`,
    );
    const { first, kinds } = reasons[0] ?? { first: 0, kinds: 0 };
    const sql = (from: string) => `SELECT line, code, reason, record FROM ${from} ORDER BY line`;
    return {
      key: `${this.id}:${table.name}`,
      rule: this.id,
      title: this.title,
      severity: severityOf(share, {
        warning: threshold("warningShare"),
        critical: threshold("criticalShare"),
      }),
      sentence: speak(
        (s) =>
          `${s.n(unreadable.rows, ROWS.en)} of ${s.name(table.name)} could not be read (${s.percent(share)} of ${s.count(of)}), the first on line ${first}; this report speaks of the other ${s.count(profile.rows)}.`,
        (s) =>
          `تعذّرت قراءة ${s.n(unreadable.rows, ROWS.ar)} من ${s.name(table.name)} (${s.percent(share)} من ${s.count(of)})، وأولها في السطر ${first}؛ وهذا التقرير يتحدث عن الباقي: ${s.count(profile.rows)}.`,
      ),
      why: {
        en: "A quotation mark left open or a comma too many takes whole rows out of every count and sum.",
        ar: "علامة اقتباس لم تُغلق أو فاصلة زائدة تُخرج صفوفًا كاملة من كل عدد ومجموع.",
      },
      tables: [table.name],
      unit: { en: "rows", ar: "صفوف" },
      rows: unreadable.rows,
      of,
      moneyMinor: null,
      leads: null,
      thresholds: [],
      items: reasons.map(({ reason, n }) => item(reason, n, null)),
      itemsTotal: kinds,
      examples: await firstRows(session, sql(unreadable.relation)),
      sql: sql(identifier(`${table.name} (unread)`)),
      proposals: [],
      question: {
        id: this.id,
        text: {
          en: "Can the table be exported again, with every text in quotation marks?",
          ar: "هل يمكن تصدير الجدول من جديد مع وضع كل نص بين علامتي اقتباس؟",
        },
      },
      picture: null,
      treatments: [],
    };
  },
};

const UNREAD_FILES: Text = { en: "Files that could not be read", ar: "ملفات تعذّرت قراءتها" };

/** @param read how many files were read beside them */
export function unreadFiles(speak: Speak, unread: readonly UnreadFile[], read: number): Finding {
  const rows = unread.map((one) => [one.name, one.code, one.what]);
  const values = rows.map((row) => `(${row.map(quoted).join(", ")})`);
  const of = read + unread.length;
  return {
    key: "unread-files",
    rule: "unread-files",
    title: UNREAD_FILES,
    severity: "warning",
    sentence: speak(
      (s) =>
        `${s.count(unread.length)} of ${s.n(of, { one: "{n} file", other: "{n} files" })} could not be read and ${unread.length === 1 ? "is" : "are"} in nothing below: ${s.list(unread.slice(0, 5).map(({ name, what }) => `${s.name(name)} (${what})`))}${unread.length > 5 ? ", …" : ""}.`,
      (s) =>
        `تعذّرت قراءة ${s.count(unread.length)} من ${s.n(of, { one: "ملف واحد", two: "ملفين", few: "{n} ملفات", many: "{n} ملفًا", other: "{n} ملف" })}، وليس منها شيء في هذا التقرير: ${s.list(unread.slice(0, 5).map(({ name, code }) => `${s.name(name)} (${s.name(code)})`))}${unread.length > 5 ? "، …" : ""}.`,
    ),
    why: {
      en: "What they hold is in no figure of this report.",
      ar: "ما فيها ليس في أي رقم من هذا التقرير.",
    },
    tables: [],
    unit: { en: "files", ar: "ملفات" },
    rows: unread.length,
    of,
    moneyMinor: null,
    leads: null,
    thresholds: [],
    items: unread.slice(0, 50).map((one) => item(one.name, 1, { en: one.what, ar: one.code })),
    itemsTotal: unread.length,
    examples: { columns: ["file", "code", "reason"], rows: rows.slice(0, 10) },
    sql: `SELECT * FROM (VALUES ${values.join(", ")}) AS unread(file, code, reason)`,
    proposals: [],
    question: null,
    picture: null,
    treatments: [],
  };
}
