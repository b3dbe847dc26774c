import { type ReactNode, useId, useMemo } from "react";
import type { DefinitionsAnswer } from "../../src/contract/server.ts";
import { useSpeech } from "../i18n/language.tsx";
import { currencies, weekdays } from "./choices.ts";
import { HORIZON_DAYS } from "./horizon-field.tsx";
import { fractionOf, percentOf } from "./percent.ts";
import { NumberField } from "./setting.tsx";
import { StageSelect } from "./stage-select.tsx";
import {
  settingName,
  TEMPLATE_SETTINGS,
  type TemplateSetting,
  type TemplateSettings,
} from "./template-value.ts";
import {
  AssignmentField,
  MinutesField,
  TargetField,
  WorkDaysField,
  WorkHoursField,
} from "./work-fields.tsx";

type Held = DefinitionsAnswer["default"];
type Names = {
  readonly id: string;
  readonly "aria-labelledby": string;
  readonly "aria-describedby": string;
  readonly "aria-invalid": boolean;
};

const SHARES = { low: 0, high: 100 };

/** What a template says: each setting that is ticked, with its value; the others are left as each account has them. */
export function TemplateFields(props: {
  /** What holds for the account that values are taken from. */
  readonly held: Held;
  /** Statuses that rows carry. */
  readonly statuses: readonly string[];
  readonly settings: TemplateSettings;
  readonly onChange: (settings: TemplateSettings) => void;
}): ReactNode {
  const speech = useSpeech();
  const { held, settings, onChange } = props;
  const id = useId();
  const tick = (setting: TemplateSetting, on: boolean) => {
    const { [setting]: _, ...rest } = settings;
    const first = setting === "statusMap" ? {} : held[setting];
    onChange(on ? { ...rest, [setting]: first } : rest);
  };
  return (
    <ul className="template-fields">
      {TEMPLATE_SETTINGS.map((setting) => {
        const named = `${id}-${setting}`;
        return (
          <li key={setting} data-setting={setting}>
            <label className="check" id={named}>
              <input
                type="checkbox"
                checked={settings[setting] !== undefined}
                onChange={(event) => tick(setting, event.target.checked)}
              />
              {settingName(speech, setting)}
            </label>
            {settings[setting] === undefined ? null : (
              <Control
                {...props}
                setting={setting}
                names={{
                  id: `${named}-control`,
                  "aria-labelledby": named,
                  "aria-describedby": named,
                  "aria-invalid": false,
                }}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Control(props: {
  readonly held: Held;
  readonly statuses: readonly string[];
  readonly settings: TemplateSettings;
  readonly onChange: (settings: TemplateSettings) => void;
  readonly setting: TemplateSetting;
  readonly names: Names;
}): ReactNode {
  const { language } = useSpeech();
  const { held, settings, onChange, names } = props;
  const days = useMemo(() => weekdays(language), [language]);
  const set = (part: TemplateSettings) => onChange({ ...settings, ...part });
  switch (props.setting) {
    case "targetCostPerQualified":
      return (
        <TargetField
          names={names}
          currency={settings.currency ?? held.currency}
          value={settings.targetCostPerQualified ?? null}
          onChange={(targetCostPerQualified) => set({ targetCostPerQualified })}
        />
      );
    case "taxRate":
    case "feeRate": {
      const { setting } = props;
      return (
        <NumberField
          {...names}
          value={percentOf(settings[setting] ?? 0)}
          unit="%"
          range={SHARES}
          onChange={(percent) => set({ [setting]: fractionOf(percent) })}
        />
      );
    }
    case "workDays":
      return (
        <WorkDaysField
          names={names}
          days={days}
          value={settings.workDays ?? []}
          onChange={(workDays) => set({ workDays })}
        />
      );
    case "workHours":
      return (
        <WorkHoursField
          names={names}
          value={settings.workHours ?? held.workHours}
          onChange={(workHours) => set({ workHours })}
        />
      );
    case "firstContactMinutes":
      return (
        <MinutesField
          names={names}
          value={settings.firstContactMinutes ?? held.firstContactMinutes}
          onChange={(firstContactMinutes) => set({ firstContactMinutes })}
        />
      );
    case "assignment":
      return (
        <AssignmentField
          names={names}
          value={settings.assignment ?? held.assignment}
          onChange={(assignment) => set({ assignment })}
        />
      );
    case "conversionHorizonDays":
      return (
        <NumberField
          {...names}
          value={settings.conversionHorizonDays ?? held.conversionHorizonDays}
          step={1}
          range={HORIZON_DAYS}
          onChange={(conversionHorizonDays) => set({ conversionHorizonDays })}
        />
      );
    case "currency":
      return (
        <select
          {...names}
          className="input"
          value={settings.currency ?? held.currency}
          onChange={(event) => set({ currency: event.target.value })}
        >
          {currencies(language, held.currency).map(({ value, name }) => (
            <option key={value} value={value}>
              {value} · {name}
            </option>
          ))}
        </select>
      );
    case "statusMap":
      return <Statuses {...props} />;
  }
}

/** Statuses and the stage that each is given; those without one are left as each account has them. */
function Statuses(props: {
  readonly statuses: readonly string[];
  readonly settings: TemplateSettings;
  readonly onChange: (settings: TemplateSettings) => void;
}): ReactNode {
  const { settings, onChange } = props;
  const map = settings.statusMap ?? {};
  const all = [...new Set([...Object.keys(map), ...props.statuses])];
  return (
    <ul className="template-statuses">
      {all.map((status) => (
        <li key={status}>
          <bdi>{status}</bdi>
          <StageSelect
            status={status}
            value={map[status] ?? null}
            clearable
            onChange={(stage) => {
              const { [status]: _, ...rest } = map;
              onChange({
                ...settings,
                statusMap: stage === null ? rest : { ...rest, [status]: stage },
              });
            }}
          />
        </li>
      ))}
    </ul>
  );
}
