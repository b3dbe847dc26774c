import type { KpisAnswer } from "../../src/contract/overview.ts";
import { useSpeech } from "../i18n/language.tsx";

/** How many rows of each table wait for their account, as one part of a sentence. */
export function useWaiting(unresolved: KpisAnswer["unresolved"]): string {
  const { n, formats } = useSpeech();
  const counts = [
    ["count.insightRows", unresolved.insights],
    ["count.leads", unresolved.leads],
    ["count.statusChanges", unresolved.statusChanges],
  ] as const;
  return formats.list(counts.flatMap(([key, count]) => (count > 0 ? [n(key, count)] : [])));
}
