/** What findings about campaigns and their delivery count, as each language counts it. */
import type { Finding } from "../contract/explore.ts";
import type { Plural } from "./say.ts";

interface Noun {
  readonly en: Plural;
  readonly ar: Plural;
}

export const CAMPAIGNS: Noun = {
  en: { one: "{n} campaign", other: "{n} campaigns" },
  ar: { one: "حملة واحدة", two: "حملتان", few: "{n} حملات", many: "{n} حملة", other: "{n} حملة" },
};

export const ACCOUNTS: Noun = {
  en: { one: "{n} account", other: "{n} accounts" },
  ar: { one: "حساب واحد", two: "حسابان", few: "{n} حسابات", many: "{n} حسابًا", other: "{n} حساب" },
};

export const NAMES: Noun = {
  en: { one: "{n} name", other: "{n} names" },
  ar: { one: "اسم واحد", two: "اسمان", few: "{n} أسماء", many: "{n} اسمًا", other: "{n} اسم" },
};

/** Counted things, as `Finding.unit`. */
export const DELIVERY_UNITS = {
  insightRows: { en: "insight rows", ar: "صفوف أداء الإعلانات" },
  campaigns: { en: "campaigns", ar: "الحملات" },
  days: { en: "days", ar: "الأيام" },
  rows: { en: "rows", ar: "الصفوف" },
} as const satisfies Record<string, Finding["unit"]>;
