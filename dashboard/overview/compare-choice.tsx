import { type ReactNode, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { COMPARISONS, dayOrNull } from "../route/address.ts";
import { changeSelection, useAddress } from "../route/use-address.ts";

const BEFORE = "before";
const CHOSEN = "from";

/** What changes are told against: always as many days as the period has. */
export function CompareChoice(): ReactNode {
  const { t } = useSpeech();
  const { compare } = useAddress().selection;
  const named = COMPARISONS.find((one) => one === compare);
  const [choosing, setChoosing] = useState(compare !== null && named === undefined);
  const chosen = choosing ? CHOSEN : (named ?? (compare === null ? BEFORE : CHOSEN));
  return (
    <div className="period-custom period-compare">
      <label>
        <span className="label-soft">{t("compare.with")}</span>
        <select
          className="input"
          value={chosen}
          onChange={({ target }) => {
            setChoosing(target.value === CHOSEN);
            if (target.value === CHOSEN) return;
            changeSelection({ compare: target.value === BEFORE ? null : target.value });
          }}
        >
          {([BEFORE, ...COMPARISONS, CHOSEN] as const).map((one) => (
            <option key={one} value={one}>
              {t(`compare.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {chosen === CHOSEN ? (
        <label>
          <span className="label-soft">{t("compare.day")}</span>
          <input
            className="input"
            type="date"
            defaultValue={named === undefined ? (compare ?? "") : ""}
            onChange={({ target }) => {
              const day = dayOrNull(target.value);
              if (day !== null) changeSelection({ compare: day }, { replace: true });
            }}
          />
        </label>
      ) : null}
    </div>
  );
}
