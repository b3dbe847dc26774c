/** What findings about sales count, as each language counts it. */
import type { Plural } from "./say.ts";

interface Noun {
  readonly en: Plural;
  readonly ar: Plural;
}

export const LEADS: Noun = {
  en: { one: "{n} lead", other: "{n} leads" },
  ar: {
    one: "عميل محتمل واحد",
    two: "عميلان محتملان",
    few: "{n} عملاء محتملين",
    many: "{n} عميلًا محتملًا",
    other: "{n} عميل محتمل",
  },
};

export const LOG_ROWS: Noun = {
  en: { one: "{n} row of the status log", other: "{n} rows of the status log" },
  ar: {
    one: "صف واحد في سجل الحالات",
    two: "صفّان في سجل الحالات",
    few: "{n} صفوف في سجل الحالات",
    many: "{n} صفًا في سجل الحالات",
    other: "{n} صف في سجل الحالات",
  },
};

export const ROWS: Noun = {
  en: { one: "{n} row", other: "{n} rows" },
  ar: { one: "صف واحد", two: "صفّان", few: "{n} صفوف", many: "{n} صفًا", other: "{n} صف" },
};

export const STATUSES: Noun = {
  en: { one: "{n} status", other: "{n} statuses" },
  ar: { one: "حالة واحدة", two: "حالتان", few: "{n} حالات", other: "{n} حالة" },
};

export const TIMES: Noun = {
  en: { one: "once", two: "twice", other: "{n} times" },
  ar: { one: "مرة واحدة", two: "مرتين", few: "{n} مرات", other: "{n} مرة" },
};

export const MINUTES: Noun = {
  en: { one: "{n} minute", other: "{n} minutes" },
  ar: {
    one: "دقيقة واحدة",
    two: "دقيقتان",
    few: "{n} دقائق",
    other: "{n} دقيقة",
  },
};

export const DAYS: Noun = {
  en: { one: "{n} day", other: "{n} days" },
  ar: { one: "يوم واحد", two: "يومان", few: "{n} أيام", many: "{n} يومًا", other: "{n} يوم" },
};

export const PHONES: Noun = {
  en: { one: "{n} phone number", other: "{n} phone numbers" },
  ar: {
    one: "رقم هاتف واحد",
    two: "رقما هاتف",
    few: "{n} أرقام هواتف",
    other: "{n} رقم هاتف",
  },
};

export const PEOPLE: Noun = {
  en: { one: "{n} person", other: "{n} people" },
  ar: { one: "شخص واحد", two: "شخصان", few: "{n} أشخاص", many: "{n} شخصًا", other: "{n} شخص" },
};
