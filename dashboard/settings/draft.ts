/** What somebody has changed on the page and not saved yet, and what of it the server is to be told. */

import type { Stage } from "../../src/contract/names.ts";
import type { DefinitionsAnswer, DefinitionsChange } from "../../src/contract/server.ts";

/** The settings that this page asks for; others are asked where the data raise them. */
export const SETTING_NAMES = [
  "currency",
  "taxRate",
  "feeRate",
  "insightLevel",
  "timeZone",
  "weekStart",
  "insightLagHours",
  "defaultCountry",
  "conversionHorizonDays",
  "undecidedStages",
  "targetCostPerQualified",
  "workDays",
  "workHours",
  "firstContactMinutes",
  "assignment",
] as const satisfies readonly (keyof DefinitionsAnswer["default"])[];
export type SettingName = (typeof SETTING_NAMES)[number];
export type Settings = Pick<DefinitionsAnswer["default"], SettingName>;

export interface Draft {
  readonly settings: Partial<Settings>;
  /** Status → stage chosen for it. */
  readonly stages: ReadonlyMap<string, Stage>;
}

export const NO_DRAFT: Draft = { settings: {}, stages: new Map() };

/** A setting as it stands on the page. */
export function shownSetting<K extends SettingName>(
  draft: Draft,
  answer: DefinitionsAnswer,
  name: K,
): Settings[K] {
  return (name in draft.settings ? draft.settings[name] : answer.default[name]) as Settings[K];
}

/** The settings of the workspace that differ from those in force. */
export function changeOf(
  draft: Draft,
  answer: Pick<DefinitionsAnswer, "default">,
): NonNullable<DefinitionsChange["default"]> {
  const inForce: Readonly<Record<string, unknown>> = answer.default;
  const settings = Object.entries(draft.settings).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(inForce[name]),
  );
  const known = new Map(Object.entries(answer.default.statusMap));
  const stages = [...draft.stages].filter(([status, stage]) => known.get(status) !== stage);
  return {
    ...Object.fromEntries(settings),
    ...(stages.length > 0 ? { statusMap: Object.fromEntries(stages) } : {}),
  };
}

/** How many values a change sets. */
export function countOf({
  statusMap = {},
  ...settings
}: NonNullable<DefinitionsChange["default"]>): number {
  return Object.keys(settings).length + Object.keys(statusMap).length;
}
