/**
 * Unit change: from one day on an account's spend (or one campaign's) is larger or smaller by a factor that keeps,
 * against impressions and clicks alike: another currency, or minor units for major ones.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { ACCOUNTS, DELIVERY_UNITS } from "../delivery-nouns.ts";
import { GATHERED, gather, severityOf } from "../gather.ts";
import { oncePerLook, thresholdsInForce } from "../once.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Remedy, Rule } from "../rule.ts";
import { shareOfSpend } from "../totals.ts";

const CHANGES = sqlFile(import.meta.url, "../sql/series/unit-changes.sql");
const SQL = sqlFile(import.meta.url, "../sql/rules/unit-change.sql");

interface Change {
  readonly account: string;
  /** Null: the whole account. */
  readonly campaignId: string | null;
  readonly day: string;
  /** Price after by price before. */
  readonly factor: number;
  /** Campaigns that run across the day and show the step themselves. */
  readonly across: number;
  readonly beforeIsOdd: boolean;
}

/** A factor near 1, 2 or 5 times a power of ten is taken for it: units and pegged rates are round. */
export function roundFactor(factor: number): number {
  const power = 10 ** Math.floor(Math.log10(factor));
  for (const part of [1, 2, 5, 10]) {
    if (Math.abs(factor / (part * power) - 1) <= 0.12) return part * power;
  }
  return Number(factor.toPrecision(2));
}

const THRESHOLDS = { factor: 5, factorAlone: 8, factorOfSpend: 2.5, errors: 6, rows: 6 } as const;

/** All changes of unit of a look, found once. */
export const unitChangesOf = oncePerLook((look): Promise<readonly Change[]> => {
  const { factor, factorAlone, factorOfSpend, errors, rows } = thresholdsInForce(
    look,
    "unit-change",
    THRESHOLDS,
  );
  return look.session.all<Change>(CHANGES, {
    factor,
    factor_alone: factorAlone,
    factor_of_spend: factorOfSpend,
    errors,
    rows,
  });
});

/** The day before. */
function eve(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

type Subject = Pick<Change, "account" | "campaignId">;

/** Whether both are of the same account, or the same campaign of it; each changes once. */
const sameSubject = (left: Subject, right: Subject) =>
  left.account === right.account && left.campaignId === right.campaignId;

/** What the odd side must be multiplied by. */
const mending = (one: Change) => roundFactor(one.beforeIsOdd ? one.factor : 1 / one.factor);

export const unitChange: Rule = {
  id: "unit-change",
  title: { en: "Spend in another unit from one day on", ar: "الإنفاق بوحدة أخرى من يوم معين" },
  needs: ["insights"],
  thresholds: THRESHOLDS,
  async find(look, threshold) {
    const all = await unitChangesOf(look);
    const whole = new Set(all.filter((one) => one.campaignId === null).map((one) => one.account));
    const changes = all.filter((one) => one.campaignId === null || !whole.has(one.account));
    const [first] = changes;
    if (first === undefined) return [];
    const params = {
      accounts: changes.map((one) => one.account),
      campaigns: changes.map((one) => one.campaignId ?? ""),
      days: changes.map((one) => one.day),
      sides: changes.map((one) => (one.beforeIsOdd ? "before" : "after")),
    };
    const evidence = await gather(look, SQL, params);
    if (evidence === null) return [];
    const spends = await look.session.all<Subject & { spend: number }>(
      `SELECT account_id AS account, changed_campaign AS "campaignId", coalesce(sum(money_minor), 0)::BIGINT AS spend
       FROM ${GATHERED} GROUP BY ALL`,
    );
    const spendOf = (change: Change) => spends.find((one) => sameSubject(one, change))?.spend ?? 0;
    // One factor to a correction: changes are offered in groups of the same.
    const factors = [...new Set(changes.map(mending))];
    const gain = (chosen: readonly Change[]) =>
      chosen.reduce((sum, one) => sum + spendOf(one) * (mending(one) - 1), 0);
    const scale = (factor: number, recommended: boolean): Remedy => {
      const chosen = changes.filter((one) => mending(one) === factor);
      return {
        kind: "correct",
        recommended,
        label: {
          en: `Multiply the spend of these days by ${factor}`,
          ar: `ضرب إنفاق هذه الأيام في ${factor}`,
        },
        spendMinor: Math.round(gain(chosen)),
        leads: 0,
        action: async (items) => ({
          method: "scale",
          factor,
          series: (
            await look.session.all<{ account: string; campaignId: string; changed: string | null }>(
              `SELECT DISTINCT account_id AS account, campaign_id AS "campaignId", changed_campaign AS changed
               FROM (${SQL}) ORDER BY ALL`,
              params,
            )
          )
            .filter((row) => items === null || items.includes(row.account))
            .flatMap((row) => {
              const subject = { account: row.account, campaignId: row.changed };
              const change = chosen.find((one) => sameSubject(one, subject));
              if (change === undefined) return [];
              return [
                {
                  account: row.account,
                  campaignId: row.campaignId,
                  entity: null,
                  measures: ["spend_minor" as const],
                  from: change.beforeIsOdd ? null : change.day,
                  until: change.beforeIsOdd ? eve(change.day) : null,
                },
              ];
            }),
        }),
      };
    };
    const misstated = Math.abs(gain(changes));
    const times = first.factor >= 1 ? first.factor : 1 / first.factor;
    const rise = first.factor >= 1;
    return [
      {
        ...evidence,
        key: "unit-change",
        moneyMinor: Math.round(misstated),
        severity: severityOf(await shareOfSpend(look, misstated), { warning: 0, critical: 0.02 }),
        sentence: look.speak(
          (s) =>
            `In ${s.n(evidence.itemsTotal, ACCOUNTS.en)} spend changes its unit: ${first.campaignId === null ? `account ${s.name(first.account)}` : `campaign ${s.name(first.campaignId)}`} pays ${s.number(roundFactor(times))} times ${rise ? "more" : "less"} from ${s.day(first.day)} on, for a thousand impressions and for a click alike${first.across > 0 ? `, also within ${s.n(first.across, { one: "{n} campaign that runs", other: "{n} campaigns that run" })} across that day` : ""}. The ${first.beforeIsOdd ? "earlier" : "later"} days are the odd ones against all other accounts; put right, the spend differs by about ${s.money(misstated)}.`,
          (s) =>
            `في ${s.n(evidence.itemsTotal, ACCOUNTS.ar)} تتغير وحدة الإنفاق: ${first.campaignId === null ? `الحساب ${s.name(first.account)}` : `الحملة ${s.name(first.campaignId)}`} يدفع ${rise ? "أكثر" : "أقل"} ${s.number(roundFactor(times))} مرة ابتداءً من ${s.day(first.day)}، للألف ظهور وللنقرة معًا${first.across > 0 ? "، وكذلك داخل الحملات الممتدة عبر ذلك اليوم" : ""}. الأيام ${first.beforeIsOdd ? "السابقة" : "اللاحقة"} هي الشاذة مقارنة ببقية الحسابات؛ وبعد التصحيح يختلف الإنفاق بنحو ${s.money(misstated)}.`,
        ),
        why: {
          en: "Spend of two units is added as if it were one: totals and every cost of this account are wrong.",
          ar: "يُجمع إنفاق بوحدتين كأنه وحدة واحدة، فالمجاميع وكل تكاليف هذا الحساب خاطئة.",
        },
        tables: ["insights"],
        unit: DELIVERY_UNITS.insightRows,
        of: look.rows.insights,
        items: evidence.items.map((item) => {
          const change = changes.find((one) => one.account === item.id);
          if (change === undefined) return item;
          const subject = change.campaignId;
          return {
            ...item,
            detail: look.speak(
              (s) =>
                `${subject === null ? "" : `campaign ${s.name(subject)}: `}from ${s.day(change.day)} on × ${Number(change.factor.toPrecision(2))}`,
              (s) =>
                `${subject === null ? "" : `الحملة ${s.name(subject)}: `}من ${s.day(change.day)} × ${Number(change.factor.toPrecision(2))}`,
            ),
          };
        }),
        thresholds: [
          {
            name: "unit-change.factor",
            value: threshold("factor"),
            seen: Number(times.toPrecision(2)),
          },
        ],
        question: {
          id: "unit-change",
          text: look.speak(
            (s) =>
              `Did account ${s.name(first.account)} change its currency, or its export its unit, on ${s.day(first.day)}?`,
            (s) =>
              `هل غيّر الحساب ${s.name(first.account)} عملته، أو غيّر تصديره الوحدة، في ${s.day(first.day)}؟`,
          ),
        },
        picture: await pictureOf(),
        remedies: [
          ...factors.map((factor, n) =>
            scale(
              factor,
              n === 0 && changes.every((one) => mending(one) !== factor || one.across > 0),
            ),
          ),
          leaveAsIs({ en: "Prices really changed", ar: "الأسعار تغيرت فعلًا" }),
        ],
      },
    ];

    async function pictureOf() {
      const days = await look.session.all<{ day: string; price: number }>(
        `SELECT day, sum(spend_minor) * 1000 / sum(impressions) AS price FROM insights
         WHERE account_id = $account AND impressions > 0 AND spend_minor IS NOT NULL GROUP BY day ORDER BY day`,
        { account: first?.account ?? "" },
      );
      return {
        kind: "line" as const,
        over: "day" as const,
        unit: "money" as const,
        x: days.map((one) => one.day),
        series: [
          {
            name: { en: "cost of a thousand impressions", ar: "تكلفة ألف ظهور" },
            values: days.map((one) => one.price),
          },
        ],
      };
    }
  },
};
