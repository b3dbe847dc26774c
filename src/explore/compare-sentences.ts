/** What changed between two states, in words: the money first, then rows, statuses, values and missing cells. */
import type { Comparison, Text } from "../contract/explore.ts";
import { LEADS, ROWS } from "./nouns.ts";
import type { Speak } from "./say.ts";

/** Spend of one month that the left state already told of, before and after. */
export interface Backfill {
  readonly month: string;
  readonly campaigns: number;
  readonly days: number;
  /** Rows that the left state did not have. */
  readonly lateRows: number;
  readonly before: number;
  readonly after: number;
  /** Of the rows that differ alone. */
  readonly touchedBefore: number;
  readonly touchedAfter: number;
}

export interface TableChange {
  readonly tables: Comparison["tables"];
  readonly totals: Comparison["totals"];
  readonly backfills: readonly Backfill[];
  readonly statusMoves: readonly { readonly to: string; readonly leads: number }[];
}

const MOST_BACKFILLS = 4;
/** Points of 1 by which a missing share has to move to be told. */
const MISSING_MOVED = 0.05;
/** Below this many rows an index says more about the number of rows than about the column. */
const LEAST_ROWS = 200;
const MOVED_INDEX = 0.25;

const NAMES: Readonly<Record<string, Text>> = {
  campaigns: { en: "campaigns", ar: "الحملات" },
  insights: { en: "insights", ar: "أداء الإعلانات" },
  campaign_leads: { en: "leads", ar: "العملاء المحتملين" },
  lead_status_changes: { en: "the status log", ar: "سجل الحالات" },
};
const nameOf = (table: string): Text => NAMES[table] ?? { en: table, ar: table };

const CAMPAIGNS = {
  en: { one: "{n} campaign's", other: "{n} campaigns'" },
  ar: { one: "حملة واحدة", two: "حملتين", few: "{n} حملات", other: "{n} حملة" },
};

function signed(share: number, percent: (x: number) => string): string {
  return `${share > 0 ? "+" : share < 0 ? "−" : ""}${percent(Math.abs(share))}`;
}

function backfillSentence(speak: Speak, one: Backfill): Text {
  const by = one.before === 0 ? null : one.after / one.before - 1;
  const later = one.after >= one.before;
  return speak(
    (s) =>
      `${s.n(one.campaigns, CAMPAIGNS.en)} spend of ${s.month(one.month)}, a time that was already told of, ${one.before === one.after ? "moved between days" : `changed from ${s.money(one.before)} to ${s.money(one.after)}${by === null ? "" : ` (${signed(by, s.percent)})`}`}, on ${s.n(one.days, { one: "{n} day", other: "{n} days" })}${later && one.before !== one.after ? ": backfilled" : ""}${one.lateRows > 0 ? `; ${s.n(one.lateRows, { one: "{n} row", other: "{n} rows" })} came late` : ""}.`,
    (s) =>
      `إنفاق ${s.n(one.campaigns, CAMPAIGNS.ar)} في ${s.month(one.month)}، وهي فترة سبق الإبلاغ عنها، ${one.before === one.after ? "انتقل بين الأيام" : `تغيّر من ${s.money(one.before)} إلى ${s.money(one.after)}${by === null ? "" : ` (${signed(by, s.percent)})`}`} في ${s.n(one.days, { one: "يوم واحد", two: "يومين", few: "{n} أيام", other: "{n} يومًا" })}${later && one.before !== one.after ? ": بيانات أُضيفت لاحقًا" : ""}${one.lateRows > 0 ? `؛ و${s.n(one.lateRows, { one: "صف واحد وصل متأخرًا", two: "صفّان وصلا متأخرين", few: "{n} صفوف وصلت متأخرة", other: "{n} صفًا وصلت متأخرة" })}` : ""}.`,
  );
}

/** Spend and leads as a whole, where both states know them. */
function totalsSentence(speak: Speak, totals: Comparison["totals"]): Text | null {
  const of = (kpi: string) => totals.find((one) => one.kpi === kpi);
  const spend = of("spendMinor");
  const leads = of("leads");
  const moved = (one: Comparison["totals"][number] | undefined) =>
    one !== undefined &&
    one.left !== null &&
    one.right !== null &&
    one.left > 0 &&
    one.left !== one.right
      ? { left: one.left, right: one.right, by: one.right / one.left - 1 }
      : null;
  const money = moved(spend);
  const people = moved(leads);
  if (money === null && people === null) return null;
  return speak(
    (s) =>
      `${[
        money &&
          `spend from ${s.money(money.left)} to ${s.money(money.right)} (${signed(money.by, s.percent)})`,
        people &&
          `leads from ${s.count(people.left)} to ${s.count(people.right)} (${signed(people.by, s.percent)})`,
      ]
        .filter((part) => part !== null)
        .join(", ")
        .replace(/^./, (letter) => letter.toUpperCase())}.`,
    (s) =>
      `${[
        money &&
          `الإنفاق من ${s.money(money.left)} إلى ${s.money(money.right)} (${signed(money.by, s.percent)})`,
        people &&
          `العملاء المحتملون من ${s.count(people.left)} إلى ${s.count(people.right)} (${signed(people.by, s.percent)})`,
      ]
        .filter((part) => part !== null)
        .join("، ")}.`,
  );
}

function rowsSentence(speak: Speak, table: Comparison["tables"][number]): Text | null {
  const { added, removed, changed } = table;
  if (added + removed + changed === 0) return null;
  const name = nameOf(table.table);
  return speak(
    (s) =>
      `In ${name.en}, ${s.n(added, { one: "{n} row is", other: "{n} rows are" })} new, ${s.count(removed)} gone and ${s.count(changed)} changed (${s.count(table.rows.left)} before, ${s.count(table.rows.right)} now).`,
    (s) =>
      `في ${name.ar}: ${s.n(added, ROWS.ar)} جديدة، و${s.count(removed)} اختفت، و${s.count(changed)} تغيّرت (${s.count(table.rows.left)} سابقًا، ${s.count(table.rows.right)} الآن).`,
  );
}

function columnSentences(speak: Speak, table: Comparison["tables"][number]): Text[] {
  const name = nameOf(table.table);
  const told: Text[] = [];
  const enough = Math.min(table.rows.left, table.rows.right) >= LEAST_ROWS;
  for (const { name: column, missingShare, psi, newValues } of table.columns) {
    if (Math.abs(missingShare.right - missingShare.left) >= MISSING_MOVED) {
      told.push(
        speak(
          (s) =>
            `${s.name(column)} of ${name.en} was missing in ${s.percent(missingShare.left)} of the rows and is now in ${s.percent(missingShare.right)}.`,
          (s) =>
            `كان ${s.name(column)} في ${name.ar} ناقصًا في ${s.percent(missingShare.left)} من الصفوف وأصبح ناقصًا في ${s.percent(missingShare.right)} منها.`,
        ),
      );
    }
    // A new campaign or project is no news; a new status is.
    if (newValues.length > 0 && newValues.length <= 10 && column.endsWith("status")) {
      told.push(
        speak(
          (s) => `New values of ${s.name(column)}: ${s.list(newValues.map(s.name))}.`,
          (s) => `قيم جديدة في ${s.name(column)}: ${s.list(newValues.map(s.name))}.`,
        ),
      );
    }
    if (enough && psi !== null && psi >= MOVED_INDEX) {
      told.push(
        speak(
          (s) =>
            `${s.name(column)} of ${name.en} is distributed otherwise than before (stability index ${s.number(psi)}; that 0.25 means much is folklore).`,
          (s) =>
            `توزيع ${s.name(column)} في ${name.ar} يختلف عما كان (مؤشر الثبات ${s.number(psi)}؛ واعتبار 0.25 حدًّا كبيرًا عُرفٌ لا قاعدة).`,
        ),
      );
    }
  }
  return told;
}

/** Sentences about a comparison, the weightiest first; one that says so where nothing differs. */
export function compareSentences(speak: Speak, change: TableChange): Text[] {
  const backfills = [...change.backfills].sort(
    (left, right) => Math.abs(right.after - right.before) - Math.abs(left.after - left.before),
  );
  const moved = change.statusMoves.reduce((sum, { leads }) => sum + leads, 0);
  const whole = totalsSentence(speak, change.totals);
  const told: Text[] = [
    ...backfills.slice(0, MOST_BACKFILLS).map((one) => backfillSentence(speak, one)),
    ...(whole ? [whole] : []),
    ...change.tables.flatMap((table) => rowsSentence(speak, table) ?? []),
    ...(moved === 0
      ? []
      : [
          speak(
            (s) =>
              `Leads moved to another status: ${s.list(change.statusMoves.map(({ to, leads }) => `${s.n(leads, LEADS.en)} to ${s.name(to)}`))}.`,
            (s) =>
              `انتقل عملاء محتملون إلى حالة أخرى: ${s.list(change.statusMoves.map(({ to, leads }) => `${s.n(leads, LEADS.ar)} إلى ${s.name(to)}`))}.`,
          ),
        ]),
    ...change.tables.flatMap((table) => columnSentences(speak, table)),
  ];
  return told.length > 0 ? told : [{ en: "Nothing differs.", ar: "لا يوجد أي اختلاف." }];
}
