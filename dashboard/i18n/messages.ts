/**
 * How texts are kept and filled. English is the list of keys; every other language must have exactly these keys
 * (a missing one does not compile), with the plural forms that language has.
 */
import type { Digits, Language } from "../../src/contract/formats.ts";
import type { en } from "./en.ts";

export type PluralForm = "zero" | "one" | "two" | "few" | "many" | "other";

/** Keys whose text depends on a number. */
export type PluralKey = {
  [K in keyof typeof en]: (typeof en)[K] extends string ? never : K;
}[keyof typeof en];
/** Keys with one text. */
export type TextKey = Exclude<keyof typeof en, PluralKey>;

/** The texts of another language for those of `English`, with the plural forms `Forms`. */
export type DictionaryOf<English, Forms extends PluralForm> = {
  readonly [K in keyof English]: English[K] extends string
    ? string
    : Readonly<Record<Forms, string>>;
};
/** A language with the plural forms `Forms`. */
export type Dictionary<Forms extends PluralForm> = DictionaryOf<typeof en, Forms>;

export type Params = Readonly<Record<string, string | number>>;

type AnyDictionary = Dictionary<"one" | "other">;

/** Each language comes in two files: what the page shows first, and everything. */
const LOADERS: Record<Language, Record<Extent, () => Promise<Partial<AnyDictionary>>>> = {
  en: {
    first: async () => (await import("./en-first.ts")).enFirst,
    all: async () => (await import("./en.ts")).en,
  },
  ar: {
    first: async () => (await import("./ar-first.ts")).arFirst,
    all: async () => (await import("./ar.ts")).ar,
  },
};
type Extent = "first" | "all";
const loaded = new Map<Language, Partial<AnyDictionary>>();
/** Whether parts of the page are here, or on their way, that need more than the first texts. */
let extent: Extent = "first";

/** Brings the texts of a language in, as far as the page that is here needs them; nothing can be said in it before. */
export async function loadTexts(language: Language): Promise<void> {
  const asked = extent;
  const texts = await LOADERS[language][asked]();
  // The first ones may come after all.
  loaded.set(language, { ...loaded.get(language), ...texts });
  if (asked !== extent) await loadTexts(language);
}

/** The same for all texts of a language, before a part of the page is shown that came later. */
export async function loadAllTexts(language: Language): Promise<void> {
  extent = "all";
  await loadTexts(language);
}

function entryOf<K extends keyof AnyDictionary>(language: Language, key: K): AnyDictionary[K] {
  const entry = loaded.get(language)?.[key];
  if (entry === undefined) throw new Error(`The text "${key}" of "${language}" is not loaded`);
  return entry as AnyDictionary[K];
}

const RULES: Record<Language, Intl.PluralRules> = {
  en: new Intl.PluralRules("en"),
  ar: new Intl.PluralRules("ar"),
};

/** First-strong isolate and its end: a name or number in the other direction stays in one piece. */
const ISOLATE = "\u2068";
const END = "\u2069";
const ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩";

/** Digits that stand in the text itself follow the reader's choice; values come formatted and stay as they are. */
function fill(
  template: string,
  params: Params | undefined,
  language: Language,
  digits: Digits,
): string {
  const own =
    language === "ar" && digits === "arab"
      ? template
          .replace(/[0-9]/g, (digit) => ARABIC_INDIC[Number(digit)] as string)
          .replaceAll("%", "٪")
      : template;
  if (!params) return own;
  return own.replace(/\{(\w+)\}(\.(?!\w))?/g, (whole, name: string, stop = "") => {
    const value = params[name];
    if (value === undefined) return whole;
    // The sign of a currency may end with a full stop, which is then the sentence's too.
    const end = /\.[\u200e\u200f\u2069]*$/.test(String(value)) ? "" : stop;
    return language === "ar" ? `${ISOLATE}${value}${END}${end}` : `${value}${end}`;
  });
}

/** The text of a key, with `{name}` replaced; values in right-to-left text are isolated. */
export function text(language: Language, digits: Digits, key: TextKey, params?: Params): string {
  return fill(entryOf(language, key), params, language, digits);
}

/** The text of a counted key: the form is chosen by `count`, `{n}` is what the caller formatted. */
export function counted(
  language: Language,
  digits: Digits,
  key: PluralKey,
  count: number,
  params: Params,
): string {
  const forms: Readonly<Partial<Record<PluralForm, string>>> & { readonly other: string } = entryOf(
    language,
    key,
  );
  return fill(forms[RULES[language].select(count)] ?? forms.other, params, language, digits);
}

/** True when the product has words for this key; names that come from the server may be unknown. */
export function isTextKey(key: string): key is TextKey {
  return [...loaded.values()].some(
    (texts) => typeof (texts as Readonly<Record<string, unknown>>)[key] === "string",
  );
}
