/** Sentences of the answer in the reader's language and digits. */
import type { Text } from "../../src/contract/explore.ts";
import type { Digits, Language } from "../../src/contract/formats.ts";
import { usePreferences } from "../frame/preferences.ts";
import { useSpeech } from "../i18n/language.tsx";

const ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩";
/** A name of the data between its isolates, or a number. */
const NAME_OR_NUMBER = /\u2068[^\u2069]*\u2069|\d[\d,]*(?:\.\d+)?/g;

function inArabicDigits(number: string): string {
  return number
    .replaceAll(",", "٬")
    .replaceAll(".", "٫")
    .replace(/\d/g, (digit) => ARABIC_INDIC[Number(digit)] as string);
}

/** The text in a language; numbers follow the reader's choice of digits, names of the data stay as they are. */
export function told(text: Text, language: Language, digits: Digits): string {
  const own = text[language];
  if (language !== "ar" || digits !== "arab") return own;
  return own
    .replace(NAME_OR_NUMBER, (part) => (part.startsWith("\u2068") ? part : inArabicDigits(part)))
    .replaceAll("%", "٪");
}

export function useTold(): (text: Text) => string {
  const { language } = useSpeech();
  const { digits } = usePreferences();
  return (text) => told(text, language, digits);
}
