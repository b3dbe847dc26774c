import { type ReactNode, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { type ControlNames, NumberField, type Range } from "./setting.tsx";

export const HORIZON_DAYS: Range = { low: 1, high: 365 };
const USUAL_DAYS = [7, 14, 30, 90];
const OWN = "own";

/** One of the usual horizons, or a number of days of one's own. */
export function HorizonField(props: {
  readonly names: ControlNames;
  readonly value: number;
  readonly onChange: (days: number) => void;
}): ReactNode {
  const { t, n } = useSpeech();
  const { names, value } = props;
  const [own, setOwn] = useState(false);
  const typed = own || !USUAL_DAYS.includes(value);
  return (
    <span className="horizon">
      <select
        {...names}
        className="input"
        value={typed ? OWN : String(value)}
        onChange={(event) => {
          setOwn(event.target.value === OWN);
          if (event.target.value !== OWN) props.onChange(Number(event.target.value));
        }}
      >
        {USUAL_DAYS.map((days) => (
          <option key={days} value={days}>
            {n("count.days", days)}
          </option>
        ))}
        <option value={OWN}>{t("settings.horizon.own")}</option>
      </select>
      {typed ? (
        <NumberField
          {...names}
          id={`${names.id}-own`}
          value={value}
          step={1}
          range={HORIZON_DAYS}
          onChange={props.onChange}
        />
      ) : null}
    </span>
  );
}
