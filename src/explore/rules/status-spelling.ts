/**
 * Spelling of statuses: a mapped status written in another way, by case, spaces, punctuation, in Arabic, or with a
 * letter wrong. Statuses are matched exactly, so such rows belong to no stage until somebody maps them.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import type { Look } from "../look.ts";
import { ROWS, STATUSES } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";
import { wordsText } from "../words.ts";

/** Common Arabic words for the usual statuses, with the status they stand for. */
const ARABIC = wordsText("arabic-statuses");

const SQL = sqlFile(import.meta.url, "../sql/rules/status-spelling.sql");

const paramsOf = (look: Look) => ({
  known: Object.keys(look.settings.statusMap),
  arabic: ARABIC,
});

/** The mapped status that each unmapped one is spelt like. */
export async function spellingsOf(look: Look): Promise<ReadonlyMap<string, string>> {
  const rows = await look.session.all<{ status: string; means: string }>(
    `SELECT status, min(means) AS means FROM (${SQL}) GROUP BY status`,
    paramsOf(look),
  );
  return new Map(rows.map(({ status, means }) => [status, means]));
}

export const statusSpelling = listingRule({
  id: "status-spelling",
  title: { en: "Statuses spelt in another way", ar: "حالات مكتوبة بطريقة أخرى" },
  needs: ["leads"],
  thresholds: {},
  sql: SQL,
  params: paramsOf,
  tables: ["leads", "log"],
  unit: { en: "rows of leads and log", ar: "صفوف العملاء والسجل" },
  of: (look) => look.rows.leads + look.rows.log,
  why: {
    en: "Statuses are matched exactly, never by part, so these rows count in no stage.",
    ar: "تُطابَق الحالات مطابقة تامة لا جزئية، فلا تُحتسب هذه الصفوف في أي مرحلة.",
  },
  async tell({ look, evidence: { rows, items, itemsTotal } }) {
    const meant = new Map(
      (
        await look.session.all<{ status: string; means: string }>(
          `SELECT status, min(means) AS means FROM ${GATHERED} GROUP BY status`,
        )
      ).map(({ status, means }) => [status, means]),
    );
    const pair = (id: string) => `“${id}” → ${meant.get(id) ?? ""}`;
    const shown = items.slice(0, 4).map((item) => pair(item.id));
    return {
      severity: severityOf(rows / (look.rows.leads + look.rows.log), {
        warning: 0.01,
        critical: 0.1,
      }),
      sentence: look.speak(
        (s) =>
          `${s.n(itemsTotal, STATUSES.en)} in ${s.n(rows, ROWS.en)} ${itemsTotal === 1 ? "is" : "are"} known under another spelling: ${s.list(shown.map(s.name))}.`,
        (s) =>
          `${s.n(itemsTotal, STATUSES.ar)} في ${s.n(rows, ROWS.ar)} معروفة بكتابة أخرى: ${s.list(shown.map(s.name))}.`,
      ),
      items: items.map((item) => ({
        ...item,
        detail: { en: `reads as ${meant.get(item.id)}`, ar: `تُقرأ ${meant.get(item.id)}` },
      })),
      question: {
        id: "status-map",
        text: {
          en: "Do these spellings mean the status that they look like?",
          ar: "هل تعني هذه الكتابات الحالة التي تشبهها؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
