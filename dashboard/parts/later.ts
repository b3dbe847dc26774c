import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { currentLanguage } from "../frame/preferences.ts";
import { loadAllTexts } from "../i18n/messages.ts";

/** A part of the page that comes when it is first shown, with the texts it needs. */
export function later<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    const [part] = await Promise.all([load(), loadAllTexts(currentLanguage())]);
    return { default: part };
  });
}
