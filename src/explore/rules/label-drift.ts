/**
 * Drift of the label: the share of leads that are ever logged as qualified falls or rises fast from one month of arrival
 * to the next, by more than chance. A random split into training and test data hides it; a split by time does not.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { loggedMonthsOf } from "../logged-months.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

interface Month {
  readonly month: string;
  readonly leads: number;
  readonly qualified: number;
}

/** Months with fewer leads than this share of the largest end the run of months that is compared. */
const THIN_MONTH = 0.02;
const FEWEST_MONTHS = 3;

/** z of two shares with the pooled standard error. */
function zOf(left: Month, right: Month): number {
  const pooled = (left.qualified + right.qualified) / (left.leads + right.leads);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / left.leads + 1 / right.leads));
  return error === 0 ? 0 : (right.qualified / right.leads - left.qualified / left.leads) / error;
}

const MAIN_STATUS_SQL = `
  SELECT status FROM log WHERE stage = 'qualified' GROUP BY status ORDER BY count(*) DESC, status LIMIT 1`;
export const labelDrift = listingRule({
  id: "label-drift",
  title: { en: "The share of qualified leads drifts", ar: "نسبة المؤهلين تنحرف مع الوقت" },
  needs: ["leads", "log"],
  thresholds: { ratio: 2, perMonth: 1.3, z: 5 },
  sql: sqlFile(import.meta.url, "../sql/rules/label-drift.sql"),
  params: async (look) => {
    const main = await look.session.first<{ status: string }>(MAIN_STATUS_SQL);
    // Earlier logs are a choice, not a sample.
    const { start } = await loggedMonthsOf(look);
    return { status: main?.status ?? "", from: start ? `${start.month}-01` : "9999-12-31" };
  },
  unit: { en: "months of arrival", ar: "أشهر الوصول" },
  of: () => 0,
  why: {
    en: "A rate over all months, and a model tested on a random split, promise what the latest months no longer give.",
    ar: "النسبة على كل الأشهر، والنموذج المختبَر على تقسيم عشوائي، يعدان بما لم تعد تعطيه الأشهر الأخيرة.",
  },
  async tell({ look, evidence, params, threshold }) {
    const months = await look.session.all<Month>(
      `SELECT month, leads, qualified FROM ${GATHERED} ORDER BY month`,
    );
    const thin = THIN_MONTH * Math.max(0, ...months.map((one) => one.leads));
    const end = months.findIndex((one) => one.leads < Math.max(thin, 100));
    const run = end === -1 ? months : months.slice(0, end);
    const first = run[0];
    const last = run.at(-1);
    if (run.length < FEWEST_MONTHS || first === undefined || last === undefined) return null;
    const share = (one: Month) => one.qualified / one.leads;
    const z = zOf(first, last);
    // Where none was qualified, half a lead stands in: fewer cannot be told from none.
    const size = (one: Month) => Math.max(one.qualified, 0.5) / one.leads;
    const change = Math.max(size(first), size(last)) / Math.min(size(first), size(last));
    const perMonth = change ** (1 / (run.length - 1));
    if (Math.abs(z) < threshold("z") || change < threshold("ratio")) return null;
    // A slow drift over a year or more is the market's; this is about a turn.
    if (perMonth < threshold("perMonth")) return null;
    const status = String(params["status"]);
    const shown = run.length <= 6 ? run : [first, ...run.slice(-3)];
    return {
      severity: "info",
      rows: run.length,
      of: months.length,
      sentence: look.speak(
        (s) =>
          `The share of leads ever logged as ${s.name(status)} ${z < 0 ? "falls" : "rises"} by month of arrival: ${s.list(shown.map((one) => `${s.month(one.month)} ${s.percent(share(one))} of ${s.count(one.leads)}`))}, a factor of ${s.number(change)}.`,
        (s) =>
          `${z < 0 ? "تهبط" : "ترتفع"} نسبة من سُجّل ${s.name(status)} يومًا بحسب شهر الوصول: ${s.list(shown.map((one) => `${s.month(one.month)} ${s.percent(share(one))} من ${s.count(one.leads)}`))}، أي بمعامل ${s.number(change)}.`,
      ),
      items: evidence.items
        .map((item) => {
          const month = months.find((one) => one.month === item.id);
          if (month === undefined) return item;
          const detail = look.speak(
            (s) => `${s.percent(share(month))} of ${s.n(month.leads, LEADS.en)}`,
            (s) => `${s.percent(share(month))} من ${s.n(month.leads, LEADS.ar)}`,
          );
          return { ...item, detail };
        })
        .sort((left, right) => left.id.localeCompare(right.id)),
      thresholds: [
        { name: "ratio", value: threshold("ratio"), seen: change },
        { name: "perMonth", value: threshold("perMonth"), seen: perMonth },
        { name: "z", value: threshold("z"), seen: Math.abs(z) },
      ],
      picture: {
        kind: "line",
        over: "month",
        unit: "share",
        x: months.map((one) => one.month),
        series: [
          {
            name: { en: `Ever ${status}`, ar: `سُجّل ${status} يومًا` },
            values: months.map((one) => (one.leads < thin ? null : share(one))),
          },
        ],
      },
      question: {
        id: "label-drift",
        text: {
          en: "What changed in these months: the ads, who calls, or what counts as qualified?",
          ar: "ما الذي تغير في هذه الأشهر: الإعلانات، أم من يتصل، أم معنى المؤهل؟",
        },
      },
      remedies: [leaveAsIs()],
    };
  },
});
