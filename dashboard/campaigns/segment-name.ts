import type { Segment, Segmentation } from "../../src/contract/campaigns.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { NO_SEGMENT } from "../../src/contract/names.ts";
import { usePreferences } from "../frame/preferences.ts";
import type { Speech } from "../i18n/speech.ts";

/** A Monday; the days after it name the others. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** "Monday" in the reader's language, 1 = Monday. */
export function weekdayName(language: Speech["language"], day: number): string {
  const locale = language === "en" ? "en-GB" : "ar-EG";
  return new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(
    MONDAY + (day - 1) * DAY_MS,
  );
}

/** "14:00" of an hour, in the reader's digits. */
export function hourName(
  language: Speech["language"],
  digits: "latn" | "arab",
  hour: number,
): string {
  const locale = language === "en" ? "en-GB" : `ar-EG-u-nu-${digits}`;
  return new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: "UTC",
  }).format(hour * 3_600_000);
}

/** What a segment is called. */
export function useSegmentName(
  { t, n, formats, language }: Speech,
  by: Segmentation,
  money: Currency,
): (segment: Pick<Segment, "key" | "low" | "high">) => string {
  const { digits } = usePreferences();
  return ({ key, low, high }) => {
    if (key === NO_SEGMENT) return t(`segments.none.${by}`);
    if (by === "budget" && low !== null && high !== null) {
      const amount = (minor: number) => formats.moneyRough(minor, money);
      return high === low
        ? amount(low)
        : t("segments.budgetBand", { low: amount(low), high: amount(high) });
    }
    if (by === "age") {
      if (low === null) return t("segments.before");
      if (low === 0) return t("segments.firstDay");
      if (high === null) return t("segments.daysFrom", { low: formats.count(low) });
      return low === high
        ? n("segments.day", low)
        : t("segments.daysTo", { low: formats.count(low), high: formats.count(high) });
    }
    if (by === "weekday") return weekdayName(language, Number(key));
    if (by === "slot") {
      const [day, hour] = key.split("-").map(Number);
      return t("segments.slot", {
        day: weekdayName(language, day ?? 1),
        hour: hourName(language, digits, hour ?? 0),
      });
    }
    return key;
  };
}
