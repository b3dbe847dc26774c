import type { Formats, Language } from "../../src/contract/formats.ts";
import type { Params, PluralKey, TextKey } from "./messages.ts";

/** The reader's language: its texts and formats. */
export interface Speech {
  readonly language: Language;
  readonly direction: "ltr" | "rtl";
  readonly formats: Formats;
  /** The text of a key. */
  t(key: TextKey, params?: Params): string;
  /** The text of a counted key; `{n}` is the formatted count. */
  n(key: PluralKey, count: number, params?: Params): string;
}
