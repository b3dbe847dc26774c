import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Field } from "../parts/field.tsx";
import { shownSetting } from "../settings/draft.ts";
import { TargetField } from "../settings/work-fields.tsx";
import type { StepProps } from "./first-hour.tsx";

/** Accounts shown; the settings have the rest. */
const ACCOUNTS = 8;

/** What a qualified lead may cost, proposed from what it has cost. */
export function TargetStep({ evidence, answer, draft, onChange }: StepProps): ReactNode {
  const { t, formats } = useSpeech();
  const { target, money } = evidence;
  const { history, proposed } = target;
  const unit = { currency: money.currency, currencyDecimals: money.currencyDecimals };
  const major = (value: number) => formats.moneyRough(value * 10 ** unit.currencyDecimals, unit);
  const set = (targetCostPerQualified: number | null) =>
    onChange({ ...draft, settings: { ...draft.settings, targetCostPerQualified } });
  return (
    <>
      <p data-evidence="target">
        {history === null || history.value === null
          ? t("first.target.none")
          : t("first.target.history", {
              period: formats.period(history.from, history.to),
              cost: formats.moneyRough(history.value, unit),
              low: formats.moneyRough(history.low, unit),
              high: formats.moneyRough(history.high, unit),
              n: formats.count(history.n),
            })}{" "}
        {history?.value != null && proposed === null
          ? t("first.target.thin", { n: formats.count(history.n) })
          : null}
      </p>
      <Field
        label={t("settings.targetCostPerQualified")}
        help={t("settings.targetCostPerQualified.help")}
      >
        {(names) => (
          <TargetField
            names={names}
            currency={money.currency}
            value={shownSetting(draft, answer, "targetCostPerQualified")}
            onChange={set}
          />
        )}
      </Field>
      {proposed === null ? null : (
        <p>
          <button type="button" className="button" onClick={() => set(proposed)}>
            {t("first.target.propose", { value: major(proposed) })}
          </button>
        </p>
      )}
      {target.accounts.length > 1 ? (
        <table className="table first-table">
          <caption>{t("first.target.accounts")}</caption>
          <tbody>
            {target.accounts.slice(0, ACCOUNTS).map((one) => (
              <tr key={one.account}>
                <th scope="row">
                  <bdi>{one.account}</bdi>
                </th>
                <td className="number">
                  <bdi>{formats.moneyRough(one.history.value, unit)}</bdi>
                </td>
                <td className="number label-soft">
                  {t("kpi.sample", { n: formats.count(one.history.n) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  );
}
