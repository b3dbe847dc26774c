/**
 * Placeholder contacts: names, phones or addresses that were made by a pattern or hidden, not left by people. Said once,
 * so that a thousand damaged phones need not be said one by one.
 */
import type { Text } from "../../contract/explore.ts";
import { sqlFile } from "../../warehouse/sql-file.ts";
import { UNITS } from "../gather.ts";
import { leaveAsIs } from "../remedies.ts";
import type { Rule } from "../rule.ts";

const SQL = sqlFile(import.meta.url, "../sql/rules/placeholder-contacts.sql");

interface Sign {
  readonly sign: string;
  readonly n: number;
  readonly total: number;
}

const SIGNS: Readonly<Record<string, Text>> = {
  addresses: {
    en: "of the e-mail addresses are at domains reserved for examples",
    ar: "من عناوين البريد في نطاقات محجوزة للأمثلة",
  },
  phones: {
    en: "of the phones are impossible in any country",
    ar: "من الهواتف مستحيلة في أي بلد",
  },
  names: { en: "of the names are numbered", ar: "من الأسماء مرقّمة" },
  digests: { en: "of the contacts are digests", ar: "من جهات الاتصال قيم مُعمّاة" },
};

/** Signs that need no second one beside them. */
const ALONE = new Set(["names", "digests"]);
const FEWEST_LEADS = 50;

export const placeholderContacts: Rule = {
  id: "placeholder-contacts",
  title: { en: "Contacts are placeholders", ar: "بيانات الاتصال ليست حقيقية" },
  needs: ["leads"],
  thresholds: { share: 0.5 },
  async find(look, threshold) {
    const signs = (await look.session.all<Sign>(SQL)).filter(
      (one) => one.total >= FEWEST_LEADS && one.n / one.total >= threshold("share"),
    );
    if (signs.length < 2 && !signs.some((one) => ALONE.has(one.sign))) return [];
    const { leads } = look.rows;
    const rows = Math.max(...signs.map((one) => one.n));
    const textOf = (one: Sign) => SIGNS[one.sign] ?? { en: "", ar: "" };
    const listing = `SELECT NULL AS item, file_id, line, account_id, lead_id, name, email, phone FROM leads`;
    const shown = await look.session.all<Record<string, unknown>>(
      `SELECT file_id, line, lead_id, name, email, phone FROM leads ORDER BY file_id, line LIMIT 5`,
    );
    const columns = ["file_id", "line", "lead_id", "name", "email", "phone"];
    return [
      {
        key: "placeholder-contacts",
        severity: "info",
        sentence: look.speak(
          (s) =>
            `Names, phones and addresses are placeholders: ${s.list(signs.map((one) => `${s.percent(one.n / one.total)} ${textOf(one).en}`))}.`,
          (s) =>
            `الأسماء والهواتف والعناوين ليست حقيقية: ${s.list(signs.map((one) => `${s.percent(one.n / one.total)} ${textOf(one).ar}`))}.`,
        ),
        why: {
          en: "Nothing can be concluded from them: not who came twice, not which country, not whether a number can be called.",
          ar: "لا يُستنتج منها شيء: لا من جاء مرتين، ولا البلد، ولا إن كان الرقم صالحًا للاتصال.",
        },
        tables: ["leads"],
        unit: UNITS.leads,
        rows,
        of: leads,
        moneyMinor: null,
        leads: rows,
        thresholds: signs.map((one) => ({
          name: "share",
          value: threshold("share"),
          seen: one.n / one.total,
        })),
        items: signs.map((one) => ({
          id: one.sign,
          label: one.sign,
          account: null,
          rows: one.n,
          moneyMinor: null,
          leads: one.n,
          detail: textOf(one),
        })),
        itemsTotal: signs.length,
        examples: {
          columns,
          rows: shown.map((row) =>
            columns.map((name) => {
              const value = row[name] ?? null;
              return typeof value === "number" || value === null ? value : String(value);
            }),
          ),
        },
        sql: look.listing(listing),
        question: {
          id: "placeholder-contacts",
          text: {
            en: "Were contacts hidden on purpose, and who holds the real ones?",
            ar: "هل أُخفيت بيانات الاتصال عمدًا، ومن لديه الحقيقية؟",
          },
        },
        picture: null,
        remedies: [leaveAsIs({ en: "Known: hidden on purpose", ar: "معروف: أُخفيت عمدًا" })],
      },
    ];
  },
};
