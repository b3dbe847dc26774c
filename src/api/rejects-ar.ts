/** Why a record was rejected, in Arabic: by its code, with the facts that the English sentence holds. */
import type { MalformedCode } from "../ingest/read/malformed.ts";

type CellCode =
  | "MISSING_VALUE"
  | "BAD_DATE"
  | "DAMAGED_ID"
  | "NUMBER_CHANGES"
  | "TOO_MANY_DECIMALS"
  | "OTHER_CURRENCY"
  | "BAD_BOOLEAN"
  | "BAD_VALUE"
  | "BAD_NUMBER";

/** What stands in round brackets at the end of a sentence, with them. */
const bracketed = (reason: string): string => {
  const [, fact] = /\(([^()]+)\)$/.exec(reason) ?? [];
  return fact === undefined ? "" : ` (${fact})`;
};

const numbersIn = (reason: string): string[] => reason.match(/\d+/g) ?? [];

const CELLS: readonly (readonly [RegExp, string])[] = [
  [/ holds a formula without a stored result$/, "فيه صيغة بلا نتيجة محفوظة"],
  [/ refers to a text that is not there$/, "يشير إلى نص غير موجود"],
  [/ holds a number that is none$/, "فيه رقم غير صالح"],
];

const REASONS: Readonly<Record<MalformedCode | CellCode, (reason: string) => string>> = {
  RAGGED_ROW: (reason) => {
    const [cells, columns] = numbersIn(reason);
    return cells !== undefined && columns !== undefined
      ? `عدد خلايا السجل ${cells}، وعدد أعمدة سطر العناوين ${columns}`
      : "عدد خلايا السجل يختلف عن عدد الأعمدة";
  },
  UNCLOSED_QUOTE: () => "خلية فُتحت بعلامة اقتباس ولم تُغلق",
  TEXT_AFTER_QUOTE: () => "نص بعد علامة الاقتباس الختامية وقبل الفاصل التالي",
  UNDECODABLE_BYTES: () => "في السجل بايتات ليست نص UTF-8 صحيحًا",
  NUL_BYTE: () => "في السجل محرف NUL",
  OVERSIZED_RECORD: (reason) => {
    const [bytes] = numbersIn(reason);
    return bytes === undefined ? "السجل أطول مما يُقرأ" : `السجل أطول من ${bytes} بايت`;
  },
  BAD_JSON: (reason) => {
    const [most] = /more than (\d+) different keys/.exec(reason)?.slice(1) ?? [];
    return most === undefined
      ? "تعذّرت قراءة السجل بصيغة JSON"
      : `عدد المفاتيح المختلفة في الملف أكثر من ${most}`;
  },
  BAD_CELL: (reason) => {
    const fault = CELLS.find(([english]) => english.test(reason));
    if (!fault) return "في السجل خلية لا تُقرأ";
    const [english, arabic] = fault;
    return `العمود ${reason.replace(/^Column /, "").replace(english, "")} ${arabic}`;
  },
  MISSING_VALUE: (reason) => {
    if (reason.startsWith("a lead without an id"))
      return "عميل محتمل بلا معرّف يحتاج إلى هاتف أو بريد إلكتروني";
    if (reason.startsWith("spend is required where"))
      return "الإنفاق مطلوب حيث ظهر الإعلان، والخلية فارغة";
    return `الحقل ${reason.split(" ", 1)[0] ?? ""} مطلوب، والخلية فارغة`;
  },
  BAD_DATE: (reason) => `ليس يومًا موجودًا مكتوبًا كبقية العمود${bracketed(reason)}`,
  DAMAGED_ID: () => "حوّل برنامج جداول المعرّف إلى رقم مقرّب؛ صدّر مرة أخرى والعمود نص",
  NUMBER_CHANGES: (reason) =>
    reason.includes("whole number")
      ? "ليس عددًا صحيحًا يبقى كما هو إذا قُرئ وكُتب مرة أخرى"
      : "ليس مبلغًا يبقى كما هو إذا قُرئ وكُتب مرة أخرى",
  TOO_MANY_DECIMALS: (reason) =>
    `خانات عشرية أكثر من خانات العملة، وهي ${numbersIn(reason)[0] ?? "أقل"}؛ صدّر بالوحدات الكاملة أو اسمح بالتقريب (round_money=yes)`,
  OTHER_CURRENCY: (reason) => `مبلغ بعملة غير عملة الملف${bracketed(reason)}`,
  BAD_BOOLEAN: () => "ليس نعم ولا لا",
  BAD_VALUE: (reason) =>
    reason.includes("ISO 4217")
      ? "ليس رمز عملة من ISO 4217 مثل EGP ولا علامتها"
      : "ليست قيمة من نوع هذا العمود",
  BAD_NUMBER: () => "ليس رقمًا مكتوبًا كبقية العمود",
};

/** The reason in Arabic; of a code that is not known, as it stands. */
export function reasonInArabic({
  code,
  reason,
}: {
  readonly code: string;
  readonly reason: string;
}): string {
  return Object.hasOwn(REASONS, code) ? REASONS[code as keyof typeof REASONS](reason) : reason;
}
