/** Ads or follow-up? Spend on campaigns with leads and no qualified one, by whether anybody judged those leads. */
import { sqlFile } from "../../warehouse/sql-file.ts";
import { type InsightRule, shareOf } from "../insight.ts";

const SQL = sqlFile(import.meta.url, "../sql/insights/ads-or-follow-up.sql");

interface Row {
  campaigns: number;
  leads: number;
  undecided: number;
  spend_minor: number;
  never_campaigns: number;
  never_leads: number;
  never_spend_minor: number;
  bad_campaigns: number;
  bad_spend_minor: number;
  all_spend_minor: number;
}

export const adsOrFollowUp: InsightRule = {
  id: "ads-or-follow-up",
  title: { en: "Ads or follow-up?", ar: "الإعلانات أم المتابعة؟" },
  needs: ["insights", "leads"],
  async tell({ session, speak, listing }) {
    const row = await session.first<Row>(SQL);
    if (!row || row.campaigns === 0 || !(row.spend_minor > 0)) return null;
    const share = row.undecided / row.leads;
    const ofAll = row.spend_minor / row.all_spend_minor;
    const followUp = share > 0.5;
    return {
      sentence: speak(
        (s) =>
          `${s.n(row.campaigns, { one: "{n} campaign", other: "{n} campaigns" })} with ${s.n(row.leads, { one: "{n} lead", other: "{n} leads" })} brought no qualified lead and cost ${s.money(row.spend_minor)}, ${s.percent(ofAll)} of all spend. ${s.percent(share)} of those leads were never judged: ${s.money(row.never_spend_minor)} went to ${s.n(row.never_campaigns, { one: "{n} campaign", other: "{n} campaigns" })} where not one lead was, ${s.money(row.bad_spend_minor)} to ${s.count(row.bad_campaigns)} where some were and none was good.`,
        (s) =>
          `${s.n(row.campaigns, { one: "حملة واحدة", two: "حملتان", few: "{n} حملات", many: "{n} حملة", other: "{n} حملة" })} جلبت ${s.n(row.leads, { one: "عميلًا واحدًا", two: "عميلين", few: "{n} عملاء", many: "{n} عميلًا", other: "{n} عميل" })} ولم يتأهل منهم أحد، وكلّفت ${s.money(row.spend_minor)} أي ${s.percent(ofAll)} من الإنفاق كله. لم يُحكم قط على ${s.percent(share)} من هؤلاء: ${s.money(row.never_spend_minor)} في ${s.n(row.never_campaigns, { one: "حملة واحدة", two: "حملتين", few: "{n} حملات", other: "{n} حملة" })} لم يُحكم على أي عميل فيها، و${s.money(row.bad_spend_minor)} في ${s.count(row.bad_campaigns)} حُكم على بعض عملائها ولم يصلح منهم أحد.`,
      ),
      advice: followUp
        ? {
            en: "Most of this money cannot be blamed on the ads: have these leads called and judged before any of the campaigns is stopped.",
            ar: "لا يمكن تحميل الإعلانات معظم هذا المال: اتصلوا بهؤلاء العملاء واحكموا عليهم قبل إيقاف أي حملة.",
          }
        : {
            en: "Most of these leads were called and judged: look at audiences and messages of the campaigns first.",
            ar: "جرى الاتصال بمعظم هؤلاء العملاء والحكم عليهم: راجعوا جماهير هذه الحملات ورسائلها أولًا.",
          },
      moneyMinor: row.spend_minor,
      estimate: shareOf(row.undecided, row.leads),
      picture: {
        kind: "bars",
        over: "label",
        unit: "money",
        x: ["never", "bad"],
        names: [
          { en: "never judged", ar: "لم يُحكم عليهم" },
          { en: "judged, none qualified", ar: "حُكم عليهم ولم يتأهل أحد" },
        ],
        series: [
          {
            name: { en: "Spend without a qualified lead", ar: "إنفاق بلا عميل مؤهل" },
            values: [row.never_spend_minor, row.bad_spend_minor],
          },
        ],
      },
      sql: listing(SQL),
    };
  },
};
