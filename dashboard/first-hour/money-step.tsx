import { type ReactNode, useMemo } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Field } from "../parts/field.tsx";
import { currencies } from "../settings/choices.ts";
import { shownSetting } from "../settings/draft.ts";
import { fractionOf, percentOf } from "../settings/percent.ts";
import type { StepProps } from "./first-hour.tsx";

/** Currency, tax and fee, and what a qualified lead costs with them. */
export function MoneyStep({ evidence, answer, draft, onChange }: StepProps): ReactNode {
  const { t, language, formats } = useSpeech();
  const { money } = evidence;
  const set = (settings: typeof draft.settings) =>
    onChange({ ...draft, settings: { ...draft.settings, ...settings } });
  const currency = shownSetting(draft, answer, "currency");
  const tax = shownSetting(draft, answer, "taxRate");
  const fee = shownSetting(draft, answer, "feeRate");
  const list = useMemo(() => currencies(language, currency), [language, currency]);
  const unit = { currency: money.currency, currencyDecimals: money.currencyDecimals };
  const rates = [
    { name: "taxRate", value: tax },
    { name: "feeRate", value: fee },
  ] as const;
  return (
    <>
      <p>
        {money.namedInFiles.length > 0
          ? t("first.money.files", { currencies: formats.list(money.namedInFiles) })
          : t("first.money.filesNone", { currency: answer.default.currency })}{" "}
        {money.spendMinor !== null && money.cpqlMinor !== null
          ? t("first.money.spend", {
              spend: formats.moneyShort(money.spendMinor, unit),
              cost: formats.moneyRough(money.cpqlMinor, unit),
            })
          : null}
      </p>
      <Field label={t("settings.currency")}>
        {(names) => (
          <select
            {...names}
            className="input"
            value={currency}
            onChange={(event) => set({ currency: event.target.value })}
          >
            {list.map((one) => (
              <option key={one.value} value={one.value}>{`${one.value} · ${one.name}`}</option>
            ))}
          </select>
        )}
      </Field>
      <div className="first-pair">
        {rates.map(({ name, value }) => (
          <Field key={name} label={t(`settings.${name}`)}>
            {(names) => (
              <span className="number-field">
                <input
                  {...names}
                  className="input"
                  type="number"
                  inputMode="decimal"
                  dir="ltr"
                  min={0}
                  max={100}
                  step="any"
                  value={Number.isNaN(value) ? "" : percentOf(value)}
                  onChange={(event) =>
                    set({
                      [name]:
                        event.target.value === ""
                          ? Number.NaN
                          : fractionOf(Number(event.target.value)),
                    })
                  }
                />
                <span>%</span>
              </span>
            )}
          </Field>
        ))}
      </div>
      {money.cpqlMinor !== null && tax + fee > 0 && currency === money.currency ? (
        <p>
          {t("first.money.allIn", {
            cost: formats.moneyRough(money.cpqlMinor * (1 + tax) * (1 + fee), unit),
          })}
        </p>
      ) : null}
    </>
  );
}
