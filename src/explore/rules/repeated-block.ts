/**
 * Repeated block: a stretch of insight rows that stands in its file a second time, in the same order or another, exactly or
 * with newer figures. An export was appended to an earlier one. Exact repeats are left out by themselves; newer are not.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { leaveOutDelivery } from "../delivery-remedies.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";
import { shareOfSpend } from "../totals.ts";

/** Fewest consecutive lines that are no chance. */
export const BLOCK_ROWS = 5;

const SQL = sqlFile(import.meta.url, "../sql/rules/repeated-block.sql");
/** The rows told first, where the later telling differs. */
const EARLIER = `SELECT * REPLACE (first_line AS line) FROM (${SQL}) WHERE NOT exact`;

export const repeatedBlock = listingRule({
  id: "repeated-block",
  title: { en: "A block of rows told twice", ar: "كتلة صفوف مكررة" },
  needs: ["insights"],
  thresholds: {},
  sql: SQL,
  params: () => ({ block_rows: BLOCK_ROWS }),
  unit: DELIVERY_UNITS.insightRows,
  of: (look) => look.rows.insights,
  why: {
    en: "An export appended to an earlier one counts the same days again, unless every figure is the same.",
    ar: "إلحاق تصدير بتصدير سابق يحسب الأيام نفسها مرة أخرى، ما لم تتطابق كل الأرقام.",
  },
  async tell({ look, evidence: { rows, moneyMinor, itemsTotal, items }, params }) {
    const parts = await look.session.first<{ exact: number; earlier: number }>(
      `SELECT count(*) FILTER (WHERE exact) AS exact,
              coalesce(sum(first_spend_minor) FILTER (WHERE NOT exact), 0)::BIGINT AS earlier FROM ${GATHERED}`,
    );
    const exact = parts?.exact ?? 0;
    const money = moneyMinor ?? 0;
    const share = await shareOfSpend(look, money);
    const where = items[0]?.label ?? "";
    return {
      severity: severityOf(share, { warning: 0.0005, critical: 0.02 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, ROWS.en)} stand a second time in the file, in ${s.n(itemsTotal, { one: "one block", other: "{n} blocks" })} (lines ${s.name(where)}): ${exact === rows ? "all with the same figures, so they are left out already" : exact === 0 ? `with other figures, so ${s.money(money)} of spend is counted again` : `${s.count(exact)} with the same figures, the others count ${s.money(money)} of spend again`}.`,
        (s) =>
          `${s.n(rows, ROWS.ar)} مكررة في الملف في ${s.n(itemsTotal, { one: "كتلة واحدة", two: "كتلتين", few: "{n} كتل", other: "{n} كتلة" })} (الأسطر ${s.name(where)}): ${exact === rows ? "كلها بالأرقام نفسها، فهي مستبعدة بالفعل" : exact === 0 ? `بأرقام مختلفة، فيُحسب ${s.money(money)} من الإنفاق مرة ثانية` : `منها ${s.count(exact)} بالأرقام نفسها، والباقي يحسب ${s.money(money)} من الإنفاق مرة ثانية`}.`,
      ),
      thresholds: [{ name: "blockRows", value: BLOCK_ROWS, seen: rows }],
      question: {
        id: "repeated-block",
        text: {
          en: "Was an export appended to an earlier one, and are the later figures the right ones?",
          ar: "هل أُلحق تصدير بتصدير سابق، وهل الأرقام اللاحقة هي الصحيحة؟",
        },
      },
      remedies: [
        ...(exact < rows
          ? [
              leaveOutDelivery(
                { look, sql: EARLIER, params },
                { en: "Leave the earlier telling out", ar: "استبعاد النسخة الأقدم" },
                { spendMinor: -(parts?.earlier ?? 0), leads: 0, recommended: true },
              ),
            ]
          : []),
        leaveAsIs(),
      ],
    };
  },
});
