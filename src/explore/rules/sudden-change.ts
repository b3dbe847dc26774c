/**
 * Sudden change: spend or leads step to another level within a day and stay there. A budget decision, a season, or a
 * table that ends or begins; which it is only the one who was there knows.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Found, Rule } from "../rule.ts";
import type { Say } from "../say.ts";
import { spanParams, totalSpansOf } from "../series-totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/sudden-change.sql");
/** Steps nearer than this are one. */
const APART_MS = 21 * 86_400_000;
const SHOWN = 4;

interface Step {
  readonly measure: "spend" | "leads";
  readonly day: string;
  readonly before: number;
  readonly after: number;
  readonly ratio: number;
}

const NAMES = {
  spend: { en: "spend a day", ar: "الإنفاق اليومي" },
  leads: { en: "leads a day", ar: "العملاء في اليوم" },
} as const;

/** The largest steps of each measure, none near a larger one. */
function apart(steps: readonly Step[]): Step[] {
  const kept: Step[] = [];
  for (const step of steps) {
    const near = kept.some(
      (one) =>
        one.measure === step.measure &&
        Math.abs(Date.parse(one.day) - Date.parse(step.day)) < APART_MS,
    );
    if (!near) kept.push(step);
  }
  return kept.slice(0, SHOWN);
}

const level = (s: Say, { measure }: Step, value: number) =>
  measure === "spend" ? s.money(value) : s.number(value);

export const suddenChange: Rule = {
  id: "sudden-change",
  title: { en: "Sudden changes of level", ar: "تغيّرات مفاجئة في المستوى" },
  needs: ["insights"],
  thresholds: { times: 3 },
  async find(look, threshold) {
    const params = { ...spanParams(await totalSpansOf(look)), times: threshold("times") };
    const all = await look.session.all<Step>(SQL, params);
    const steps = apart(all);
    const [first] = steps;
    if (first === undefined) return [];
    const told = (s: Say, one: Step) =>
      s.language === "en"
        ? `${NAMES[one.measure].en} from ${level(s, one, one.before)} to ${level(s, one, one.after)} on ${s.day(one.day)}`
        : `${NAMES[one.measure].ar} من ${level(s, one, one.before)} إلى ${level(s, one, one.after)} في ${s.day(one.day)}`;
    const items: Found["items"] = steps.map((one) => ({
      id: `${one.measure} ${one.day}`,
      label: one.day,
      account: null,
      rows: 1,
      moneyMinor: one.measure === "spend" ? Math.round(Math.abs(one.after - one.before)) : null,
      leads: null,
      detail: look.speak(
        (s) => told(s, one),
        (s) => told(s, one),
      ),
    }));
    return [
      {
        key: "sudden-change",
        severity: "info",
        sentence: look.speak(
          (s) =>
            `The level changes at once and stays: ${s.list(steps.map((one) => told(s, one)))}.`,
          (s) => `يتغيّر المستوى دفعة واحدة ويبقى: ${s.list(steps.map((one) => told(s, one)))}.`,
        ),
        why: {
          en: "Averages over such a day describe neither side of it, and a model learns the step instead of its cause.",
          ar: "المتوسط عبر يوم كهذا لا يصف أيًا من جانبيه، والنموذج يتعلم القفزة لا سببها.",
        },
        tables: ["insights", "leads"],
        unit: { en: "steps", ar: "قفزات" },
        rows: steps.length,
        of: all.length,
        moneyMinor: null,
        leads: null,
        thresholds: [
          {
            name: "sudden-change.times",
            value: threshold("times"),
            seen: Math.round(10 * Math.max(first.ratio, 1 / first.ratio)) / 10,
          },
        ],
        items,
        itemsTotal: items.length,
        examples: {
          columns: ["measure", "day", "median_before", "median_after"],
          rows: steps.map((one) => [one.measure, one.day, one.before, one.after]),
        },
        sql: look.listing(SQL, params),
        question: {
          id: "sudden-change",
          text: look.speak(
            (s) =>
              `What happened on ${s.day(first.day)}: a decision, or the beginning or end of a source?`,
            (s) => `ماذا حدث في ${s.day(first.day)}: قرار، أم بداية مصدر أو نهايته؟`,
          ),
        },
        picture: null,
        remedies: [leaveAsIs({ en: "Known: it was meant so", ar: "معروف: كان مقصودًا" })],
      },
    ];
  },
};
