/**
 * Spend and no lead: campaigns that cost money and brought nobody. Small ones do so by chance; the items are those that
 * spent so much that none at their account's own rate is no chance (exact Poisson): a broken form, or leads not recorded.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { markCampaigns } from "../delivery-remedies.ts";
import { tally } from "../evidence.ts";
import { GATHERED, severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { leaveAsIs } from "../remedies.ts";
import { shareOfSpend, totalsOf } from "../totals.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/spend-no-lead.sql");
/** Only those that chance does not explain. */
const UNLIKELY = `SELECT * FROM (${SQL}) WHERE chance < $chance`;

export const spendNoLead = listingRule({
  id: "spend-no-lead",
  title: { en: "Spend and no lead", ar: "إنفاق بلا عميل واحد" },
  needs: ["insights", "leads"],
  thresholds: { chance: 0.01, usual: 0.1 },
  sql: SQL,
  params: (_, threshold) => ({ chance: threshold("chance") }),
  tables: ["insights", "leads", "campaigns"],
  unit: DELIVERY_UNITS.campaigns,
  of: (look) => look.rows.campaigns,
  why: {
    en: "A broken form or leads that are not recorded look the same as a bad campaign; only the amount tells chance from fault.",
    ar: "نموذج معطّل أو عملاء غير مسجّلين يشبهان حملة سيئة؛ والمبلغ وحده يفرّق بين المصادفة والعطل.",
  },
  async tell({ look, evidence: { rows, moneyMinor }, threshold }) {
    const chance = threshold("chance");
    const unlikely = await tally(look, `SELECT * FROM ${GATHERED} WHERE chance < $chance`, {
      chance,
    });
    const expected = new Map(
      (
        await look.session.all<{ id: string; expected: number }>(
          `SELECT item AS id, leads_expected AS expected FROM ${GATHERED} WHERE chance < $chance`,
          { chance },
        )
      ).map((row) => [row.id, row.expected]),
    );
    const { delivered } = await totalsOf(look);
    const { byChance, asLarge } = (await look.session.first<{ byChance: number; asLarge: number }>(
      `SELECT sum(chance) / count(*) AS "byChance", any_value(as_large) AS "asLarge" FROM ${GATHERED}`,
    )) ?? { byChance: 0, asLarge: 0 };
    // Where many such campaigns bring none, that is how campaigns are here; a fault is a few's.
    const usual = unlikely.rows > threshold("usual") * asLarge;
    const most = Math.max(0, ...expected.values());
    const unlikelyMoney = unlikely.moneyMinor ?? 0;
    return {
      moneyMinor,
      items: unlikely.items.map((item) => {
        const leads = expected.get(item.id) ?? 0;
        return {
          ...item,
          detail: look.speak(
            (s) => `${s.number(leads)} leads were to be expected for this money`,
            (s) => `كان المتوقع ${s.number(leads)} عميلًا مقابل هذا المبلغ`,
          ),
        };
      }),
      itemsTotal: unlikely.itemsTotal,
      severity: usual
        ? "info"
        : severityOf(await shareOfSpend(look, unlikelyMoney), { warning: 0.1, critical: 1.1 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, { one: "{n} campaign", other: "{n} campaigns" })} of ${s.count(delivered)} that delivered spent ${s.moneyFull(moneyMinor ?? 0)} and brought no lead. ${
            unlikely.rows > 0
              ? `Most are small; ${s.n(unlikely.rows, { one: "{n} spent", other: "{n} spent" })} so much (${s.money(unlikelyMoney)}) that none at the account's own rate is no chance.`
              : "All are so small that none is to be expected now and then."
          }`,
        (s) =>
          `${s.n(rows, { one: "حملة واحدة أنفقت", two: "حملتان أنفقتا", few: "{n} حملات أنفقت", other: "{n} حملة أنفقت" })} ${s.moneyFull(moneyMinor ?? 0)} ولم تجلب عميلًا واحدًا، من أصل ${s.count(delivered)} حملة عُرضت. ${
            unlikely.rows > 0
              ? `أغلبها صغير؛ لكن ${s.count(unlikely.rows)} منها أنفقت ما يكفي (${s.money(unlikelyMoney)}) لئلا يكون ذلك مصادفة بمعدل الحساب نفسه.`
              : "وكلها صغيرة بحيث يُتوقع ذلك أحيانًا."
          }`,
      ),
      thresholds:
        unlikely.rows > 0
          ? [
              {
                name: "spend-no-lead.chance",
                value: chance,
                seen: Number(Math.exp(-most).toPrecision(2)),
              },
            ]
          : [
              {
                name: "spend-no-lead.chance",
                value: chance,
                seen: Math.round(100 * byChance) / 100,
              },
            ],
      question: {
        id: "spend-no-lead",
        text: {
          en: "Did the forms of these campaigns work, and did their leads reach the CRM?",
          ar: "هل عملت نماذج هذه الحملات، وهل وصل عملاؤها إلى نظام المبيعات؟",
        },
      },
      remedies: [
        leaveAsIs(),
        ...(unlikely.rows > 0
          ? [markCampaigns({ look, sql: UNLIKELY, params: { chance } }, true)]
          : []),
      ],
    };
  },
});
