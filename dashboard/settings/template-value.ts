/** What a setting of a template says, in words. */
import { STAGES } from "../../src/contract/names.ts";
import type { Template } from "../../src/contract/templates.ts";
import type { Speech } from "../i18n/speech.ts";
import { weekdays } from "./choices.ts";
import { ASSIGNMENTS } from "./work-fields.tsx";

export type TemplateSettings = Template["settings"];
export type TemplateSetting = keyof TemplateSettings;

export const TEMPLATE_SETTINGS = [
  "targetCostPerQualified",
  "taxRate",
  "feeRate",
  "workDays",
  "workHours",
  "firstContactMinutes",
  "assignment",
  "conversionHorizonDays",
  "currency",
  "statusMap",
] as const satisfies readonly TemplateSetting[];

/** The name of a setting; of the status map, of one status where it is given. */
export function settingName({ t }: Speech, setting: string, status: string | null = null): string {
  if (status !== null) return t("templates.status", { status });
  if (setting === "statusMap") return t("settings.statuses");
  const known = TEMPLATE_SETTINGS.find((one) => one === setting);
  return known === undefined || known === "statusMap" ? setting : t(`settings.${known}`);
}

const hour = (value: unknown) => `${String(value).padStart(2, "0")}:00`;

/** A value as the server gives it; "—" where nothing is set. */
export function settingText(
  { t, formats, language }: Speech,
  setting: string,
  value: unknown,
): string {
  if (value === null || value === undefined) return formats.count(null);
  if (setting === "taxRate" || setting === "feeRate") return formats.rate(Number(value));
  if (setting === "workHours" && Array.isArray(value)) return `${hour(value[0])}–${hour(value[1])}`;
  if (setting === "workDays" && Array.isArray(value)) {
    const days = weekdays(language);
    return formats.list(value.flatMap((day) => days[Number(day)]?.name ?? []));
  }
  if (setting === "assignment") {
    const known = ASSIGNMENTS.find((one) => one === value);
    return known === undefined ? String(value) : t(`settings.assignment.${known}`);
  }
  if (setting === "statusMap") {
    const stage = STAGES.find((one) => one === value);
    if (stage !== undefined) return t(`stage.${stage}`);
    return formats.count(Object.keys(value).length);
  }
  return typeof value === "number" ? formats.number(value) : String(value);
}
