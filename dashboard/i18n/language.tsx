import { createContext, type ReactNode, use, useMemo } from "react";
import { type Digits, type Language, makeFormats } from "../../src/contract/formats.ts";
import { counted, text } from "./messages.ts";
import type { Speech } from "./speech.ts";

const SpeechContext = createContext<Speech | null>(null);

/** Gives everything below it the reader's language: texts, plural forms, number and date formats. */
export function LanguageProvider(props: {
  readonly language: Language;
  readonly digits: Digits;
  readonly children: ReactNode;
}): ReactNode {
  const { language, digits } = props;
  const speech = useMemo<Speech>(() => {
    const formats = makeFormats(language, digits);
    return {
      language,
      direction: language === "ar" ? "rtl" : "ltr",
      formats,
      t: (key, params) => text(language, digits, key, params),
      n: (key, count, params) =>
        counted(language, digits, key, count, { n: formats.count(count), ...params }),
    };
  }, [language, digits]);
  return <SpeechContext value={speech}>{props.children}</SpeechContext>;
}

export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (speech === null) throw new Error("useSpeech needs a LanguageProvider above it");
  return speech;
}
