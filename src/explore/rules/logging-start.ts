/**
 * Where logging starts: leads of earlier months have no status log, so a label taken from the log says when a lead came,
 * not how good it was. The start is the first month with at least half of its leads logged.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { gather, severityOf, UNITS } from "../gather.ts";
import {
  LOGGING_START_THRESHOLDS,
  type LoggedMonth,
  loggedMonthsOf,
  loggedShare,
} from "../logged-months.ts";
import { LEADS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";

const sql = (name: string) => sqlFile(import.meta.url, `../sql/rules/${name}.sql`);
const SQL = sql("logging-start");

export const loggingStart: Rule = {
  id: "logging-start",
  title: { en: "Where the status log starts", ar: "أين يبدأ سجل الحالات" },
  needs: ["leads", "log"],
  thresholds: LOGGING_START_THRESHOLDS,
  async find(look, threshold) {
    const { months, start } = await loggedMonthsOf(look);
    const leads = look.rows.leads;
    const startShare = threshold("startShare");
    const params = { start: start === undefined ? "9999-12-31" : `${start.month}-01` };
    const evidence = await gather(look, SQL, params);
    if (evidence === null || evidence.rows < threshold("minimumShare") * leads) return [];
    const day = (await look.session.first<{ day: string }>(sql("logging-day")))?.day.slice(0, 10);
    const earlier = months.filter((one) => start === undefined || one.month < start.month);
    const later = months.filter((one) => start !== undefined && one.month >= start.month);
    const share = (some: readonly LoggedMonth[]) =>
      some.reduce((sum, one) => sum + one.logged_leads, 0) /
      Math.max(
        some.reduce((sum, one) => sum + one.leads, 0),
        1,
      );
    const { speak } = look;
    const shownDay = start !== undefined && day?.startsWith(start.month) ? day : null;
    const byMonth = new Map(months.map((one) => [one.month, one]));
    return [
      {
        ...evidence,
        key: "logging-start",
        severity: severityOf(evidence.rows / leads, { warning: 0.02, critical: 0.1 }),
        sentence: speak(
          (s) =>
            start === undefined
              ? `In no month is a status logged for ${s.percent(startShare)} of the leads; over all months it is ${s.percent(share(months))}.`
              : `The status log starts in ${s.month(start.month)}${shownDay ? ` (${s.day(shownDay)})` : ""}: ${s.percent(share(later))} of the leads since then are logged, ${s.percent(share(earlier))} of those before. ${s.n(evidence.rows, LEADS.en)} (${s.percent(evidence.rows / leads)} of all) came earlier and have no log.`,
          (s) =>
            start === undefined
              ? `لا يوجد شهر سُجّلت فيه حالة ${s.percent(startShare)} من العملاء المحتملين؛ والنسبة في كل الأشهر ${s.percent(share(months))}.`
              : `يبدأ سجل الحالات في ${s.month(start.month)}${shownDay ? ` (${s.day(shownDay)})` : ""}: سُجّل منذ ذلك الحين ${s.percent(share(later))} من العملاء المحتملين، وقبله ${s.percent(share(earlier))}. جاء قبله بلا سجل ${s.n(evidence.rows, LEADS.ar)} (${s.percent(evidence.rows / leads)} من الجميع).`,
        ),
        why: {
          en: "A label taken from the log would call every earlier lead a failure and learn the date instead of the lead.",
          ar: "الحكم المأخوذ من السجل يجعل كل عميل سابق فاشلًا، فيُتعلّم التاريخ بدل العميل.",
        },
        tables: ["leads", "log"],
        unit: UNITS.leads,
        of: leads,
        items: evidence.items.map((item) => {
          const month = byMonth.get(item.id);
          if (month === undefined) return item;
          const detail = speak(
            (s) => `${s.percent(loggedShare(month))} of ${s.n(month.leads, LEADS.en)} logged`,
            (s) => `سُجّل ${s.percent(loggedShare(month))} من ${s.n(month.leads, LEADS.ar)}`,
          );
          return { ...item, account: null, detail };
        }),
        thresholds: [
          {
            name: "startShare",
            value: startShare,
            seen: start === undefined ? share(months) : loggedShare(start),
          },
        ],
        question: {
          id: "status-log-since",
          text: {
            en: "From which day on is every status change logged?",
            ar: "من أي يوم يُسجَّل كل تغيير في الحالة؟",
          },
        },
        picture: {
          kind: "line",
          over: "month",
          unit: "share",
          x: months.map((one) => one.month),
          series: [
            {
              name: { en: "Leads with a status log", ar: "عملاء لهم سجل حالات" },
              values: months.map(loggedShare),
            },
          ],
        },
        remedies: [leaveAsIs()],
      },
    ];
  },
};
