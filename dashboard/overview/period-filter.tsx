import { type ReactNode, useState } from "react";
import type { Period } from "../../src/contract/common.ts";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import { addDays, monthStart, yearBefore } from "../format/days.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Popover } from "../parts/popover.tsx";
import { dayOrNull } from "../route/address.ts";
import { changeSelection, useAddress } from "../route/use-address.ts";
import { CompareChoice } from "./compare-choice.tsx";

interface Preset {
  readonly label: string;
  readonly from: string | null;
  readonly to: string | null;
  /** The days it stands for, to be read beside its name. */
  readonly span: string;
}

/** Until where "all data" goes: null = to the last row; a day where rows lie beyond the last that had come. */
export function clippedEnd(facets: Pick<FacetsAnswer, "lastDay" | "endDay">): string | null {
  const { lastDay, endDay } = facets;
  return lastDay !== null && endDay !== null && endDay > lastDay ? lastDay : null;
}

/** Where nothing is chosen, `wholeByDefault` means all data instead of the last active days. */
function usePresets(facets: FacetsAnswer, wholeByDefault: boolean): readonly Preset[] {
  const { t, n, formats } = useSpeech();
  const { firstDay, lastDay, endDay, defaultPeriod } = facets;
  if (firstDay === null || lastDay === null || defaultPeriod === null) return [];
  const active = defaultPeriod.to;
  const upToActive = (label: string, from: string): Preset => ({
    label,
    from,
    to: active,
    span: formats.period(from, active),
  });
  const clipped = clippedEnd(facets);
  const whole = { from: wholeByDefault ? null : "all", to: wholeByDefault ? null : clipped };
  return [
    upToActive(n("period.default", 7), addDays(active, -6)),
    {
      label: n("period.default", defaultPeriod.days),
      from: wholeByDefault ? defaultPeriod.from : null,
      to: wholeByDefault ? active : null,
      span: formats.period(defaultPeriod.from, active),
    },
    upToActive(n("period.default", 90), addDays(active, -89)),
    upToActive(t("period.lastMonth"), monthStart(active)),
    upToActive(t("period.year"), yearBefore(active)),
    { label: t("period.all"), ...whole, span: formats.period(firstDay, lastDay) },
    ...(clipped === null || endDay === null
      ? []
      : [
          {
            label: t("period.everyRow"),
            from: "all",
            to: null,
            span: formats.period(firstDay, endDay),
          },
        ]),
  ];
}

/** Which days: presets that end with the last activity, everything, or any two days. */
export function PeriodFilter(props: {
  readonly facets: FacetsAnswer;
  /** The period the answer is about, as soon as it is known. */
  readonly shown: Period | undefined;
  readonly wholeByDefault?: boolean;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { selection } = useAddress();
  const presets = usePresets(props.facets, props.wholeByDefault ?? false);
  const { from, to } = selection;
  const asked =
    from !== null && from !== "all" && to !== null
      ? formats.period(from, to)
      : (presets.find((preset) => preset.from === from && preset.to === to)?.label ??
        t("period.all"));
  return (
    <Popover
      name={t("filters.period")}
      active={selection.from !== null || selection.to !== null}
      label={
        <>
          <span className="label-soft">{t("filters.period")}</span>{" "}
          <span
            className="label-value"
            data-period={props.shown ? `${props.shown.from}/${props.shown.to}` : ""}
          >
            {props.shown ? formats.period(props.shown.from, props.shown.to) : asked}
          </span>
        </>
      }
    >
      {(close) => (
        <div className="period">
          <ul className="period-presets">
            {presets.map((preset) => (
              <li key={preset.label}>
                <button
                  type="button"
                  className="option"
                  aria-pressed={preset.from === selection.from && preset.to === selection.to}
                  onClick={() => {
                    changeSelection({ from: preset.from, to: preset.to });
                    close();
                  }}
                >
                  <span>{preset.label}</span>
                  <span className="soft">{preset.span}</span>
                </button>
              </li>
            ))}
          </ul>
          <CustomPeriod facets={props.facets} shown={props.shown} onDone={close} />
          {selection.from === "all" ? null : <CompareChoice />}
        </div>
      )}
    </Popover>
  );
}

function CustomPeriod(props: {
  readonly facets: FacetsAnswer;
  readonly shown: Period | undefined;
  readonly onDone: () => void;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { firstDay, lastDay } = props.facets;
  const [from, setFrom] = useState(props.shown?.from ?? "");
  const [to, setTo] = useState(props.shown?.to ?? "");
  const whole = dayOrNull(from) !== null && dayOrNull(to) !== null;
  const wrong = whole && from > to;
  return (
    <form
      className="period-custom"
      onSubmit={(event) => {
        event.preventDefault();
        if (!whole || wrong) return;
        changeSelection({ from, to });
        props.onDone();
      }}
    >
      <p className="label-soft">{t("period.custom")}</p>
      <label>
        <span>{t("period.from")}</span>
        <input
          className="input"
          type="date"
          value={from}
          required
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label>
        <span>{t("period.to")}</span>
        <input
          className="input"
          type="date"
          value={to}
          required
          aria-invalid={wrong}
          onChange={(event) => setTo(event.target.value)}
        />
      </label>
      {wrong ? (
        <p className="bad" role="alert">
          {t("period.wrong")}
        </p>
      ) : null}
      {firstDay && lastDay ? (
        <p className="soft">
          {t("period.dataSpan", { from: formats.day(firstDay), to: formats.day(lastDay) })}
        </p>
      ) : null}
      <button type="submit" className="button button-main" disabled={!whole || wrong}>
        {t("action.apply")}
      </button>
    </form>
  );
}
