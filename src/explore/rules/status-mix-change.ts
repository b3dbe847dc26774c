/** Change of the status mix: from one month to the next sales log other statuses, by more than chance would. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { leaveAsIs } from "../remedies.ts";

interface Change {
  readonly month: string;
  readonly moved: number;
  readonly more_of: string;
  readonly more_by: number;
  readonly less_of: string;
  readonly less_by: number;
}

export const statusMixChange = listingRule({
  id: "status-mix-change",
  title: { en: "Sales log other statuses than before", ar: "المبيعات تسجل حالات غير السابقة" },
  needs: ["log"],
  thresholds: { share: 0.25, leastChanges: 150, z: 3.5 },
  sql: sqlFile(import.meta.url, "../sql/rules/status-mix-change.sql"),
  params: (_, threshold) => ({
    share: threshold("share"),
    least: threshold("leastChanges"),
    z: threshold("z"),
  }),
  unit: { en: "months", ar: "أشهر" },
  of: () => 0,
  why: {
    en: "When habits of logging change, rates before and after cannot be compared, and a model learns the habit.",
    ar: "إذا تغيرت عادات التسجيل فلا تُقارن النسب قبلها وبعدها، ويتعلم النموذج العادة لا العميل.",
  },
  async tell({ look, evidence, threshold }) {
    const changes = await look.session.all<Change>(
      `SELECT month, moved, more_of, more_by, less_of, less_by FROM ${GATHERED} ORDER BY moved DESC, month`,
    );
    const first = changes[0];
    if (first === undefined) return null;
    const months = await look.session.first<{ n: number }>(
      `SELECT count(DISTINCT date_trunc('month', changed_at)) AS n FROM log`,
    );
    const words = new Map(
      changes.map((one) => [
        one.month,
        look.speak(
          (s) =>
            `${s.percent(one.moved)} of the changes moved: ${s.name(one.more_of)} ${s.percent(one.more_by)} more, ${s.name(one.less_of)} ${s.percent(-one.less_by)} less`,
          (s) =>
            `انتقل ${s.percent(one.moved)} من التغييرات: ${s.name(one.more_of)} زادت ${s.percent(one.more_by)}، و${s.name(one.less_of)} نقصت ${s.percent(-one.less_by)}`,
        ),
      ]),
    );
    return {
      severity: "info",
      of: months?.n ?? changes.length,
      sentence: look.speak(
        (s) =>
          `In ${s.list(changes.slice(0, 4).map((one) => s.month(one.month)))} sales logged other statuses than in the month before; in ${s.month(first.month)} ${words.get(first.month)?.en ?? ""}.`,
        (s) =>
          `في ${s.list(changes.slice(0, 4).map((one) => s.month(one.month)))} سجّلت المبيعات حالات غير ما في الشهر السابق؛ وفي ${s.month(first.month)} ${words.get(first.month)?.ar ?? ""}.`,
      ),
      items: evidence.items.map((item) => ({
        ...item,
        account: null,
        detail: words.get(item.id) ?? null,
      })),
      thresholds: [{ name: "share", value: threshold("share"), seen: first.moved }],
      question: {
        id: "status-mix-change",
        text: {
          en: "What changed then: the people, the list of statuses, or the way they are entered?",
          ar: "ما الذي تغير حينها: الأشخاص، أم قائمة الحالات، أم طريقة إدخالها؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
