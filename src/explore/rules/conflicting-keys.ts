/**
 * Conflicting keys: one ad set and day told twice in a file with other figures. All rows count; which of them is right,
 * or whether they are parts of one day, only the one who exported them knows. And one id of a campaign or a lead told
 * twice with other content: the last line counts.
 */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { DELIVERY_UNITS } from "../delivery-nouns.ts";
import { leaveOutDelivery } from "../delivery-remedies.ts";
import { severityOf } from "../gather.ts";
import { listingRule } from "../listing-rule.ts";
import { ROWS } from "../nouns.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";
import { shareOfSpend } from "../totals.ts";
import { BLOCK_ROWS } from "./repeated-block.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/conflicting-keys.sql");
const SMALLER = `SELECT * FROM (${SQL}) WHERE smaller`;

const ID = "conflicting-keys";
const TITLE = { en: "One key told twice, differently", ar: "مفتاح واحد بقيمتين مختلفتين" };

const conflictingDays = listingRule({
  id: ID,
  title: TITLE,
  needs: ["insights"],
  thresholds: {},
  sql: SQL,
  params: () => ({ block_rows: BLOCK_ROWS }),
  unit: { en: "keys (ad set and day)", ar: "مفاتيح (مجموعة إعلانية ويوم)" },
  of: (look) => look.rows.insights,
  why: {
    en: "Both rows count: if one replaces the other, the day's spend is too high; if they are parts, it is right.",
    ar: "الصفّان محسوبان: إن كان أحدهما بدل الآخر فإنفاق اليوم مبالغ فيه، وإن كانا جزأين فهو صحيح.",
  },
  async tell({ look, evidence: { rows, itemsTotal, moneyMinor }, params }) {
    const money = moneyMinor ?? 0;
    return {
      rows: itemsTotal,
      severity: severityOf(await shareOfSpend(look, money), { warning: 0.0005, critical: 0.02 }),
      sentence: look.speak(
        (s) =>
          `${s.n(itemsTotal, { one: "{n} ad set and day stands", other: "{n} pairs of ad set and day stand" })} in the file more than once with different figures (${s.count(rows)} rows); the smaller tellings add ${s.money(money)} of spend.`,
        (s) =>
          `${s.n(itemsTotal, { one: "مجموعة إعلانية ويوم واحد مذكوران", two: "زوجان من مجموعة إعلانية ويوم مذكوران", few: "{n} أزواج من مجموعة إعلانية ويوم مذكورة", other: "{n} زوجًا من مجموعة إعلانية ويوم مذكورة" })} في الملف أكثر من مرة بأرقام مختلفة (${s.count(rows)} صفوف)؛ القيم الأصغر تضيف ${s.money(money)} إلى الإنفاق.`,
      ),
      question: {
        id: "conflicting-keys",
        text: {
          en: "Where a day is told twice: are the rows parts of the day, or does the later one replace the earlier?",
          ar: "حين يُذكر يوم مرتين: هل الصفّان جزآن من اليوم، أم يحل اللاحق محل السابق؟",
        },
      },
      remedies: [
        leaveOutDelivery(
          { look, sql: SMALLER, params },
          { en: "Keep only the largest telling", ar: "إبقاء القيمة الأكبر فقط" },
          { spendMinor: -money, leads: 0, recommended: false },
        ),
        leaveAsIs({
          en: "They are parts of one day: keep both",
          ar: "هما جزآن من يوم واحد: يبقيان معًا",
        }),
      ],
    };
  },
});

const conflictingRecords = listingRule({
  id: ID,
  title: TITLE,
  needs: [],
  thresholds: {},
  sql: sqlFile(import.meta.url, "../sql/rules/conflicting-records.sql"),
  tables: ["campaigns", "leads"],
  unit: DELIVERY_UNITS.rows,
  of: (look) => look.rows.campaigns + look.rows.leads,
  why: {
    en: "The last line of an id counts and the others do not: what they said, such as a budget or a status, is out of every figure.",
    ar: "السطر الأخير لكل معرّف هو المحسوب دون غيره: وما قالته الأسطر الأخرى، كميزانية أو حالة، خارج كل رقم.",
  },
  tell({ look, evidence: { rows, items } }) {
    const of = (table: string) => items.find((item) => item.id === table)?.rows ?? 0;
    const share = Math.max(
      of("campaigns") / Math.max(1, look.rows.campaigns),
      of("campaign_leads") / Math.max(1, look.rows.leads),
    );
    return {
      severity: severityOf(share, { warning: 0.002, critical: 0.1 }),
      sentence: look.speak(
        (s) =>
          `${s.n(rows, { one: "{n} row has", other: "{n} rows have" })} an id that a later row of the same file tells with other content (campaigns ${s.count(of("campaigns"))}, leads ${s.count(of("campaign_leads"))}); the last one counts.`,
        (s) =>
          `${s.n(rows, ROWS.ar)} بمعرّف يذكره صف لاحق في الملف نفسه بمحتوى آخر (الحملات ${s.count(of("campaigns"))}، العملاء المحتملون ${s.count(of("campaign_leads"))})؛ والمحسوب هو الأخير.`,
      ),
      question: {
        id: "conflicting-records",
        text: {
          en: "Where an id is told twice: is the last row the right one, or are they two things with one id?",
          ar: "حين يُذكر معرّف مرتين: هل الصف الأخير هو الصحيح، أم هما شيئان بمعرّف واحد؟",
        },
      },
      remedies: [leaveAsIs({ en: "The last row is right", ar: "الصف الأخير هو الصحيح" })],
    };
  },
});

export const conflictingKeys: Rule = {
  ...conflictingDays,
  needs: [],
  async find(look, threshold) {
    const records = await conflictingRecords.find(look, threshold);
    return [
      ...(await conflictingDays.find(look, threshold)),
      ...records.map((found) => ({ ...found, key: `${ID}:records` })),
    ];
  },
};
