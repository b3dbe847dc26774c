import { type ReactNode, useMemo } from "react";
import type { Question } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";
import { currencies, timeZones } from "../settings/choices.ts";
import { isShare } from "./answers.ts";

const TYPES = { number: "number", date: "date", text: "text" } as const;

/** An answer of one's own, of the kind that the question takes. */
export function FreeField(props: {
  readonly question: Question;
  readonly money: Currency;
  readonly text: string;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const { t, language } = useSpeech();
  const { question, text } = props;
  const { free } = question;
  const list = useMemo(() => {
    if (free === "currency") return currencies(language, text);
    return free === "zone" ? timeZones(text) : [];
  }, [free, language, text]);
  const name = t("explore.anotherAnswer");
  if (free === "currency" || free === "zone")
    return (
      <select
        className="input"
        aria-label={name}
        value={text}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {list.map((one) => (
          <option key={one.value} value={one.value}>
            {free === "currency" ? `${one.value} · ${one.name}` : one.name}
          </option>
        ))}
      </select>
    );
  if (free === "none") return null;
  const unit = isShare(question)
    ? "%"
    : question.setting === "targetCostPerQualified"
      ? props.money.currency
      : null;
  return (
    <>
      <input
        className="input free-input"
        type={TYPES[free]}
        aria-label={name}
        placeholder={free === "date" ? undefined : name}
        step={free === "number" ? "any" : undefined}
        min={free === "number" ? 0 : undefined}
        value={text}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {unit === null ? null : <span className="soft">{unit}</span>}
    </>
  );
}
