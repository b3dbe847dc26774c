/** Overlap: whether a project's leads cost more on days on which several of its campaigns bid for the same people. */
import { binomialTest } from "../../stats/proportion-tests.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import type { InsightRule } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/overlap.sql");
const ENOUGH_LEADS = 30;
const SURE = 0.01;
/** Dearer by a tenth at least. */
const WORTH_TELLING = 1.1;

interface Row {
  readonly several: boolean;
  readonly days: number;
  readonly projects: number;
  readonly spend_minor: number;
  readonly leads: number;
}

export const overlap: InsightRule = {
  id: "overlap",
  title: { en: "Campaigns against each other", ar: "حملات تتنافس فيما بينها" },
  needs: ["insights", "leads", "campaigns"],
  async tell({ session, speak, listing }) {
    const rows = await session.all<Row>(SQL);
    const alone = rows.find((row) => !row.several);
    const together = rows.find((row) => row.several);
    if (!alone || !together || Math.min(alone.leads, together.leads) < ENOUGH_LEADS) return null;
    const cost = (row: Row) => row.spend_minor / row.leads;
    // If the cost were the same, leads would fall on both kinds of days as the spend does.
    const test = binomialTest(
      { hits: together.leads, trials: together.leads + alone.leads },
      together.spend_minor / (together.spend_minor + alone.spend_minor),
      { alternative: "lower" },
    );
    if (test.p >= SURE || cost(together) < cost(alone) * WORTH_TELLING) return null;
    const money = Math.round(together.spend_minor - together.leads * cost(alone));
    return {
      sentence: speak(
        (s) =>
          `On days on which several campaigns of one project run in the same account, a lead costs ${s.money(cost(together))}; on days with one, ${s.money(cost(alone))} (n = ${s.count(together.leads)} and ${s.count(alone.leads)}, ${s.n(together.projects, { one: "{n} project", other: "{n} projects" })}). At the lower cost ${s.money(money)} less would have been spent.`,
        (s) =>
          `في الأيام التي تعمل فيها عدة حملات للمشروع نفسه في الحساب نفسه يكلّف العميل ${s.money(cost(together))}؛ وفي أيام الحملة الواحدة ${s.money(cost(alone))} (العدد ${s.count(together.leads)} و${s.count(alone.leads)}، ${s.n(together.projects, { one: "مشروع واحد", two: "مشروعان", few: "{n} مشروعات", other: "{n} مشروعًا" })}). وبالتكلفة الأقل كان سيُنفق أقل بمقدار ${s.money(money)}.`,
      ),
      advice: {
        en: "Campaigns of one project may bid for the same people; merge them or part their audiences. Busy days may also be dear for other reasons.",
        ar: "قد تتزايد حملات المشروع الواحد على الناس أنفسهم؛ ادمجوها أو افصلوا جماهيرها. وقد تغلو الأيام المزدحمة لأسباب أخرى.",
      },
      moneyMinor: money,
      estimate: {
        value: cost(together) / cost(alone),
        n: together.leads + alone.leads,
        low: null,
        high: null,
      },
      picture: null,
      sql: listing(SQL),
    };
  },
};
