import { isTextKey } from "../i18n/messages.ts";
import type { Speech } from "../i18n/speech.ts";

/** A stage's name in the reader's language; null where its status is not mapped. */
export function stageText({ t }: Pick<Speech, "t">, stage: string | null): string {
  const key = `stage.${stage ?? "unmapped"}`;
  return isTextKey(key) ? t(key) : (stage ?? "");
}
