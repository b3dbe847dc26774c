/**
 * Bulk edits: so many changes to one status in one minute that nobody can have made as many calls. Their times are those
 * of typing, not of what happened.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { GATHERED, severityOf, UNITS } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { LOG_ROWS, MINUTES } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";

/** Per status: rows, those in minutes full of the same status, the largest such minute. */
const STATUSES_SQL = `
  SELECT l.status, l.stage, l.n, coalesce(b.in_bulk, 0) AS bulk, coalesce(b.largest, 0) AS largest
  FROM (SELECT status, any_value(stage) AS stage, count(*) AS n FROM log
        WHERE stage IS DISTINCT FROM 'new' GROUP BY status) AS l
  LEFT JOIN (SELECT status, count(*) AS in_bulk, max(same_status) AS largest FROM ${GATHERED}
             WHERE same_status IS NOT NULL GROUP BY status) AS b USING (status)
  ORDER BY bulk DESC, l.status`;

const MINUTES_SQL = `
  SELECT count(DISTINCT minute) AS minutes, count(DISTINCT account_id) AS accounts,
         count(*) FILTER (WHERE same_status IS NULL) AS mixed,
         (SELECT count(*) FROM log WHERE stage IS DISTINCT FROM 'new') AS changes
  FROM ${GATHERED}`;

interface StatusCount {
  readonly status: string;
  readonly stage: string | null;
  readonly n: number;
  readonly bulk: number;
  readonly largest: number;
}

export const bulkEdits = listingRule({
  id: "bulk-edits",
  title: { en: "Statuses entered in bulk", ar: "حالات أُدخلت دفعة واحدة" },
  needs: ["log"],
  thresholds: { perMinute: 10 },
  sql: sqlFile(import.meta.url, "../sql/rules/bulk-edits.sql"),
  params: (_, threshold) => ({ per_minute: threshold("perMinute") }),
  unit: UNITS.logRows,
  of: (look) => look.rows.log,
  why: {
    en: "Such times say when somebody typed, not when somebody called: response times, time to qualify and any rate “within n days” rest on them.",
    ar: "هذه الأوقات تقول متى كتب أحدهم لا متى اتصل: وعليها تقوم أزمنة الاستجابة ومدة التأهّل وكل نسبة «خلال كذا يومًا».",
  },
  async tell({ look, evidence: { rows, items }, threshold }) {
    const perMinute = threshold("perMinute");
    const statuses = await look.session.all<StatusCount>(STATUSES_SQL);
    const counts = await look.session.first<{
      minutes: number;
      accounts: number;
      mixed: number;
      changes: number;
    }>(MINUTES_SQL);
    // The status by which success is counted says most; the largest one where none of that stage was entered in bulk.
    const main =
      statuses
        .filter((one) => one.stage === "qualified" && one.bulk > 0)
        .sort((left, right) => right.n - left.n)[0] ?? statuses[0];
    if (main === undefined) return null;
    const share = main.bulk / main.n;
    const others = statuses.filter((one) => one !== main && one.bulk > 0).slice(0, 3);
    const mixed = counts?.mixed ?? 0;
    const all = rows / (counts?.changes ?? rows);
    const of = new Map(statuses.map((one) => [one.status, one]));
    return {
      severity: severityOf(Math.max(all, main.stage === "qualified" ? share : 0), {
        warning: 0.05,
        critical: 0.3,
      }),
      sentence: look.speak(
        (s) =>
          `${s.count(main.bulk)} of ${s.count(main.n)} ${s.name(main.status)} rows (${s.percent(share)}) were logged in minutes with at least ${s.count(perMinute)} of them, ${s.count(main.largest)} in the largest${others.length > 0 ? `; also ${s.list(others.map((one) => `${s.name(one.status)} ${s.percent(one.bulk / one.n)}`))}` : ""}. In all ${s.n(rows, LOG_ROWS.en)} (${s.percent(all)} of the changes) fall into ${s.n(counts?.minutes ?? 0, MINUTES.en)}${mixed > 0 ? `, ${s.count(mixed)} of them where one account changed as many leads to several statuses` : ""}.`,
        (s) =>
          `${s.count(main.bulk)} من ${s.count(main.n)} من صفوف ${s.name(main.status)} (${s.percent(share)}) سُجّلت في دقائق فيها ${s.count(perMinute)} منها على الأقل، وفي أكبرها ${s.count(main.largest)}${others.length > 0 ? `؛ وكذلك ${s.list(others.map((one) => `${s.name(one.status)} ${s.percent(one.bulk / one.n)}`))}` : ""}. والمجموع ${s.n(rows, LOG_ROWS.ar)} (${s.percent(all)} من التغييرات) في ${s.n(counts?.minutes ?? 0, MINUTES.ar)}${mixed > 0 ? `، منها ${s.count(mixed)} غيّر فيها حساب واحد مثل هذا العدد من العملاء إلى حالات مختلفة` : ""}.`,
      ),
      items: items.map((item) => {
        const one = of.get(item.id);
        if (one === undefined) return item;
        const detail = look.speak(
          (s) =>
            `${s.count(one.bulk)} of ${s.count(one.n)} (${s.percent(one.bulk / one.n)}) in minutes full of it, the largest with ${s.count(one.largest)}`,
          (s) =>
            `${s.count(one.bulk)} من ${s.count(one.n)} (${s.percent(one.bulk / one.n)}) في دقائق مليئة بها، أكبرها ${s.count(one.largest)}`,
        );
        return { ...item, detail };
      }),
      thresholds: [{ name: "perMinute", value: perMinute, seen: main.largest }],
      picture: {
        kind: "bars",
        over: "label",
        unit: "share",
        x: statuses.slice(0, 12).map((one) => one.status),
        series: [
          {
            name: { en: "Share entered in bulk", ar: "نسبة ما أُدخل دفعة واحدة" },
            values: statuses.slice(0, 12).map((one) => one.bulk / one.n),
          },
        ],
      },
      question: {
        id: "status-times",
        text: {
          en: "Are log times the moments of the calls, or when somebody typed them in?",
          ar: "هل أوقات السجل هي لحظات المكالمات أم وقت كتابتها؟",
        },
      },
      remedies: [leaveAsIs({ en: "Known: typed in later", ar: "معروف: كُتبت لاحقًا" })],
    };
  },
});
