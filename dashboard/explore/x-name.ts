import type { Picture } from "../../src/contract/explore.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useTold } from "./told.ts";

/** What an entry of `x` is called. */
export function useXName(picture: Picture): (i: number) => string {
  const { formats } = useSpeech();
  const told = useTold();
  return (i) => {
    const name = picture.names?.[i];
    if (name) return told(name);
    const text = picture.x[i] ?? "";
    if (picture.over === "day") return formats.dayShort(text);
    return picture.over === "month" ? formats.month(`${text.slice(0, 7)}-01`) : text;
  };
}
