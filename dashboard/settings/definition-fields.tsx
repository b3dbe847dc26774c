import { type ReactNode, useMemo } from "react";
import { STAGES } from "../../src/contract/names.ts";
import type { DefinitionsAnswer } from "../../src/contract/server.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Panel } from "../parts/panel.tsx";
import type { Fault } from "../query/http.ts";
import { countries, currencies, type Named, timeZones, weekdays } from "./choices.ts";
import { type Draft, type SettingName, type Settings, shownSetting } from "./draft.ts";
import { HORIZON_DAYS, HorizonField } from "./horizon-field.tsx";
import { fractionOf, percentOf } from "./percent.ts";
import { type ControlNames, NumberField, type Range, Setting } from "./setting.tsx";
import {
  AssignmentField,
  FIRST_CONTACT_MINUTES,
  MinutesField,
  TargetField,
  WorkDaysField,
  WorkHoursField,
} from "./work-fields.tsx";

/** As typed: shares in percent. */
const RANGES = {
  taxRate: { low: 0, high: 100 },
  feeRate: { low: 0, high: 100 },
  insightLagHours: { low: 0, high: 168 },
  conversionHorizonDays: HORIZON_DAYS,
  firstContactMinutes: FIRST_CONTACT_MINUTES,
} as const satisfies Partial<Record<SettingName, Range>>;
/** Settings whose control is several. */
const SEVERAL: ReadonlySet<SettingName> = new Set(["undecidedStages", "workDays", "workHours"]);
const LEVELS = ["campaign", "ad_set", "ad"] as const;

export interface FieldsProps {
  readonly answer: DefinitionsAnswer;
  readonly draft: Draft;
  readonly faults: readonly Fault[];
  readonly onChange: (settings: Partial<Settings>) => void;
}

/** Every setting but the status map, in panels. */
export function DefinitionFields(props: FieldsProps): ReactNode {
  const { t, language, formats } = useSpeech();
  const { answer, draft, onChange } = props;
  const inForce = answer.default;
  const lists = useMemo(
    () => ({
      currencies: currencies(language, inForce.currency),
      countries: countries(language, inForce.defaultCountry),
      zones: timeZones(inForce.timeZone),
      weekdays: weekdays(language),
    }),
    [language, inForce.currency, inForce.defaultCountry, inForce.timeZone],
  );
  const value = <K extends SettingName>(name: K) => shownSetting(draft, answer, name);
  const refusalOf = (name: SettingName) => {
    const range = new Map<string, Range>(Object.entries(RANGES)).get(name);
    if (range === undefined) return undefined;
    const [low, high] = [formats.count(range.low), formats.count(range.high)];
    const whole = name === "conversionHorizonDays" || name === "firstContactMinutes";
    return t(whole ? "settings.refusedWhole" : "settings.refused", { low, high });
  };
  const setting = (name: SettingName, control: (names: ControlNames) => ReactNode) => (
    <Setting
      name={name}
      origin={answer.origins[name]}
      faults={props.faults}
      refusal={refusalOf(name)}
      several={SEVERAL.has(name)}
    >
      {control}
    </Setting>
  );
  const share = (name: "taxRate" | "feeRate") =>
    setting(name, (names) => (
      <NumberField
        {...names}
        value={percentOf(value(name))}
        unit="%"
        range={RANGES[name]}
        onChange={(percent) => onChange({ [name]: fractionOf(percent) })}
      />
    ));
  return (
    <>
      <Panel title={t("settings.money")}>
        {setting("currency", (names) => (
          <Choice
            names={names}
            list={lists.currencies}
            label={({ value: code, name }) => `${code} · ${name}`}
            value={value("currency")}
            onChange={(currency) => onChange({ currency })}
          />
        ))}
        {share("taxRate")}
        {share("feeRate")}
        {setting("targetCostPerQualified", (names) => (
          <TargetField
            names={names}
            currency={value("currency")}
            value={value("targetCostPerQualified")}
            onChange={(targetCostPerQualified) => onChange({ targetCostPerQualified })}
          />
        ))}
        {setting("insightLevel", (names) => (
          <select
            {...names}
            className="input"
            value={value("insightLevel") ?? ""}
            onChange={(event) =>
              onChange({
                insightLevel: LEVELS.find((level) => level === event.target.value) ?? null,
              })
            }
          >
            <option value="">{t("settings.insightLevel.none")}</option>
            {LEVELS.map((level) => (
              <option key={level} value={level}>
                {t(`flow.level.${level}`)}
              </option>
            ))}
          </select>
        ))}
      </Panel>
      <Panel title={t("settings.time")}>
        {setting("timeZone", (names) => (
          <Choice
            names={names}
            list={lists.zones}
            value={value("timeZone")}
            onChange={(timeZone) => onChange({ timeZone })}
          />
        ))}
        {setting("weekStart", (names) => (
          <Choice
            names={names}
            list={lists.weekdays}
            value={String(value("weekStart"))}
            onChange={(day) => onChange({ weekStart: Number(day) })}
          />
        ))}
        {setting("insightLagHours", (names) => (
          <NumberField
            {...names}
            value={value("insightLagHours")}
            range={RANGES.insightLagHours}
            onChange={(insightLagHours) => onChange({ insightLagHours })}
          />
        ))}
      </Panel>
      <Panel title={t("settings.work")}>
        {setting("workDays", (names) => (
          <WorkDaysField
            names={names}
            days={lists.weekdays}
            value={value("workDays")}
            onChange={(workDays) => onChange({ workDays })}
          />
        ))}
        {setting("workHours", (names) => (
          <WorkHoursField
            names={names}
            value={value("workHours")}
            onChange={(workHours) => onChange({ workHours })}
          />
        ))}
        {setting("firstContactMinutes", (names) => (
          <MinutesField
            names={names}
            value={value("firstContactMinutes")}
            onChange={(firstContactMinutes) => onChange({ firstContactMinutes })}
          />
        ))}
        {setting("assignment", (names) => (
          <AssignmentField
            names={names}
            value={value("assignment")}
            onChange={(assignment) => onChange({ assignment })}
          />
        ))}
      </Panel>
      <Panel title={t("settings.leads")}>
        {setting("defaultCountry", (names) => (
          <Choice
            names={names}
            list={lists.countries}
            value={value("defaultCountry")}
            onChange={(defaultCountry) => onChange({ defaultCountry })}
          />
        ))}
        {setting("conversionHorizonDays", (names) => (
          <HorizonField
            names={names}
            value={value("conversionHorizonDays")}
            onChange={(conversionHorizonDays) => onChange({ conversionHorizonDays })}
          />
        ))}
        {setting("undecidedStages", ({ "aria-invalid": _, ...names }) => (
          // biome-ignore lint/a11y/useSemanticElements: a legend could not stand in the column of names
          <div role="group" {...names} className="stage-boxes">
            {STAGES.map((stage) => (
              <label key={stage} className="check">
                <input
                  type="checkbox"
                  checked={value("undecidedStages").includes(stage)}
                  onChange={(event) =>
                    onChange({
                      undecidedStages: STAGES.filter((one) =>
                        one === stage
                          ? event.target.checked
                          : value("undecidedStages").includes(one),
                      ),
                    })
                  }
                />
                {t(`stage.${stage}`)}
              </label>
            ))}
          </div>
        ))}
      </Panel>
    </>
  );
}

function Choice(props: {
  readonly names: ControlNames;
  readonly list: readonly Named[];
  readonly label?: (one: Named) => string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  return (
    <select
      {...props.names}
      className="input"
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    >
      {props.list.map((one) => (
        <option key={one.value} value={one.value}>
          {props.label?.(one) ?? one.name}
        </option>
      ))}
    </select>
  );
}
