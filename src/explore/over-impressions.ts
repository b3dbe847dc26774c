/** The two rules about a measure that exceeds the impressions it is a part of. */
import type { Text } from "../contract/explore.ts";
import { DELIVERY_UNITS } from "./delivery-nouns.ts";
import { leaveOutDelivery } from "./delivery-remedies.ts";
import { exchangedColumnsOf, exchangedKeys } from "./exchanged-columns.ts";
import { gather, severityOf } from "./gather.ts";
import { ROWS } from "./nouns.ts";
import { leaveAsIs } from "./remedies.ts";
import type { Rule } from "./rule.ts";
import { shareOfSpend } from "./totals.ts";

interface Over {
  readonly id: string;
  readonly title: Text;
  readonly sql: string;
  /** What exceeds, in both languages: "more clicks than impressions". */
  readonly what: Text;
  readonly why: Text;
  readonly question: Text;
}

/** Rows in which a part exceeds its whole; campaigns whose columns are exchanged are left to swapped-columns. */
export function overImpressions({ id, title, sql, what, why, question }: Over): Rule {
  return {
    id,
    title,
    needs: ["insights"],
    thresholds: {},
    async find(look) {
      const params = { exchanged: exchangedKeys(await exchangedColumnsOf(look)) };
      const evidence = await gather(look, sql, params);
      if (evidence === null) return [];
      const { rows, moneyMinor, itemsTotal } = evidence;
      const money = moneyMinor ?? 0;
      const share = Math.max(await shareOfSpend(look, money), rows / look.rows.insights);
      return [
        {
          ...evidence,
          key: id,
          severity: severityOf(share, { warning: 0.005, critical: 0.1 }),
          sentence: look.speak(
            (s) =>
              `${s.n(rows, { one: "{n} row has", other: "{n} rows have" })} ${what.en}, in ${s.n(itemsTotal, { one: "{n} campaign", other: "{n} campaigns" })}${money > 0 ? `; ${s.moneyFull(money)} was spent on them` : ""}.`,
            (s) =>
              `${s.n(rows, ROWS.ar)} ${what.ar}، في ${s.n(itemsTotal, { one: "حملة واحدة", two: "حملتين", few: "{n} حملات", other: "{n} حملة" })}${money > 0 ? `؛ والإنفاق عليها ${s.moneyFull(money)}` : ""}.`,
          ),
          why,
          tables: ["insights"],
          unit: DELIVERY_UNITS.insightRows,
          of: look.rows.insights,
          thresholds: [],
          question: { id, text: question },
          picture: null,
          remedies: [
            leaveAsIs(),
            leaveOutDelivery(
              { look, sql, params },
              { en: "Leave these rows out", ar: "استبعاد هذه الصفوف" },
              { spendMinor: -money, leads: 0, recommended: false },
            ),
          ],
        },
      ];
    },
  };
}
