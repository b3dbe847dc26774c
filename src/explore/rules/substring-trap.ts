/**
 * The trap of searching by part of a text: a status that rejects contains the text of one that qualifies, as
 * NOT_QUALIFIED contains QUALIFIED. The product matches exactly; a spreadsheet filter or an older report may not.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

export const substringTrap = listingRule({
  id: "substring-trap",
  title: { en: "A status inside another", ar: "حالة داخل أخرى" },
  needs: ["log"],
  thresholds: {},
  sql: sqlFile(import.meta.url, "../sql/rules/substring-trap.sql"),
  unit: UNITS.leads,
  of: (look) => look.rows.leads,
  why: {
    en: "Figures from reports that search by part of the text count rejected leads as qualified; here every status is matched whole.",
    ar: "أرقام التقارير التي تبحث بجزء من النص تعدّ المرفوضين مؤهلين، أما هنا فتُطابَق كل حالة كاملة.",
  },
  async tell({ look, evidence: { rows, items } }) {
    const short = items[0]?.id ?? "";
    const counted = await look.session.first<{ found: number; right: number }>(
      `SELECT count(DISTINCT (account_id, lead_id)) AS found,
              count(DISTINCT (account_id, lead_id)) FILTER (WHERE status = $short) AS right
       FROM log WHERE contains(lower(status), lower($short))`,
      { short },
    );
    const found = counted?.found ?? rows;
    const right = counted?.right ?? 0;
    const wrong = items[0]?.rows ?? rows;
    return {
      severity: "info",
      sentence: look.speak(
        (s) =>
          `A search for log statuses that contain ${s.name(short.toLowerCase())} finds ${s.n(found, LEADS.en)}; ${s.count(right)} ever were ${s.name(short)}, and ${s.count(wrong)} are found only because a status that rejects them contains the word.`,
        (s) =>
          `البحث في السجل عن حالة تحتوي على ${s.name(short.toLowerCase())} يجد ${s.n(found, LEADS.ar)}؛ منهم ${s.count(right)} كانت حالتهم يومًا ${s.name(short)}، و${s.count(wrong)} لا يظهرون إلا لأن حالة رفضهم تحتوي على الكلمة.`,
      ),
      question: {
        id: "substring-trap",
        text: {
          en: "Do your reports so far match statuses whole, or by a part of the text?",
          ar: "هل تطابق تقاريركم الحالية الحالات كاملة أم بجزء من النص؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
