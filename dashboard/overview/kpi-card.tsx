import type { ReactNode } from "react";
import type { Frame, KpiAnswer } from "../../src/contract/overview.ts";
import { kpiFull, kpiShort, meaningOf } from "../format/kpi.ts";
import { useSpeech } from "../i18n/language.tsx";
import { isTextKey } from "../i18n/messages.ts";
import { Icon } from "../parts/icon.tsx";
import { changeAddress } from "../route/use-address.ts";

/** The KPI's name in the reader's language; an id the page does not know stays as it is. */
export function useKpiName(): (id: string) => string {
  const { t } = useSpeech();
  return (id) => {
    const key = `kpi.${id}`;
    return isTextKey(key) ? t(key) : id;
  };
}

/**
 * One number with what it takes to trust it: change against the named period, raw figure where it differs, sample
 * and interval, and the ways to its rows and its formula. `data-value` holds the number exactly as served.
 */
export function KpiCard(props: {
  readonly kpi: KpiAnswer;
  readonly frame: Frame;
  /** No figure at all is known: the filters mean nobody. */
  readonly nothing: boolean;
}): ReactNode {
  const { kpi, frame } = props;
  const { t, formats } = useSpeech();
  const name = useKpiName()(kpi.id);
  const full = kpiFull(formats, kpi.unit, kpi.value, frame);
  const short = kpiShort(formats, kpi.unit, kpi.value, frame);
  const rawFull = kpiFull(formats, kpi.unit, kpi.raw, frame);
  const rawShort = kpiShort(formats, kpi.unit, kpi.raw, frame);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls, this groups a figure
    <div className="card" role="group" aria-label={name} data-kpi={kpi.id}>
      <div className="card-head">
        <h3 className="card-name">{name}</h3>
        <span className="card-actions">
          <button
            type="button"
            className="button-icon"
            aria-label={`${t("action.showRows")}: ${name}`}
            title={t("action.showRows")}
            onClick={() => changeAddress({ kpi: kpi.id, view: "rows", stage: null })}
          >
            <Icon name="rows" />
          </button>
          <button
            type="button"
            className="button-icon"
            aria-label={`${t("action.howComputed")}: ${name}`}
            title={t("action.howComputed")}
            onClick={() => changeAddress({ kpi: kpi.id, view: "formula", stage: null })}
          >
            <Icon name="formula" />
          </button>
        </span>
      </div>
      <p
        className="card-value"
        title={full}
        data-value={kpi.value ?? ""}
        data-unit={kpi.unit}
        data-testid={`kpi-${kpi.id}`}
      >
        <bdi>{short}</bdi>
      </p>
      {kpi.missing ? (
        <p className="card-note">
          {t(props.nothing ? "state.noRowsForFilters" : `kpi.missing.${kpi.missing}`)}
        </p>
      ) : null}
      <Change kpi={kpi} frame={frame} />
      <Sample kpi={kpi} frame={frame} />
      <Coverage kpi={kpi} />
      {kpi.value !== null && kpi.raw !== null && rawFull !== full ? (
        <p className="card-note" data-raw={kpi.raw} title={rawFull}>
          {t("kpi.raw", { value: rawShort === short ? rawFull : rawShort })}
        </p>
      ) : null}
    </div>
  );
}

function Change(props: { readonly kpi: KpiAnswer; readonly frame: Frame }): ReactNode {
  const { kpi, frame } = props;
  const { t, formats } = useSpeech();
  if (frame.previous === null || kpi.value === null || kpi.previous === null) return null;
  const period = formats.periodShort(frame.previous.from, frame.previous.to, frame.period.to);
  // Nothing then: a change of so many per cent of it says nothing.
  if (kpi.change === null)
    return kpi.value === 0 ? null : (
      <p className="card-note" data-previous={kpi.previous}>
        {t("kpi.was", { value: kpiShort(formats, kpi.unit, kpi.previous, frame), period })}
      </p>
    );
  const versus = t("kpi.vs", { period });
  const meaning = meaningOf(kpi.change, kpi.direction);
  return (
    <p
      className="card-note"
      data-change={kpi.change}
      data-previous={kpi.previous ?? ""}
      title={kpiFull(formats, kpi.unit, kpi.previous, frame)}
    >
      <span className={`change change-${meaning}`}>
        {kpi.change === 0 ? null : (
          <svg className="arrow" viewBox="0 0 8 8" aria-hidden="true">
            <path d={kpi.change > 0 ? "M4 1l4 6H0z" : "M4 7L0 1h8z"} />
          </svg>
        )}
        <bdi>{formats.change(kpi.change)}</bdi>
        {meaning === "neutral" ? null : (
          <span className="sr-only"> ({t(`kpi.change.${meaning}`)})</span>
        )}
      </span>{" "}
      {versus}
    </p>
  );
}

function Sample(props: { readonly kpi: KpiAnswer; readonly frame: Frame }): ReactNode {
  const { kpi, frame } = props;
  const { t } = useSpeech();
  const texts = useSampleTexts(kpi, frame);
  if (texts.n === null && texts.interval === null) return null;
  return (
    <p
      className="card-note"
      data-n={kpi.n ?? ""}
      data-low={kpi.low ?? ""}
      data-high={kpi.high ?? ""}
    >
      {texts.n === null ? null : <span>{t("kpi.sample", { n: texts.n })}</span>}
      {texts.interval === null ? null : <span>{texts.interval}</span>}
    </p>
  );
}

/** Of which share of a measure the value speaks, where the tables know only part. */
function Coverage(props: { readonly kpi: KpiAnswer }): ReactNode {
  return useCoverageTexts(props.kpi).map((text) => (
    <p key={text} className="card-note" data-coverage>
      {text}
    </p>
  ));
}

/** "Covers 62% of spend", one text for each measure of which the value covers only a share. */
export function useCoverageTexts(kpi: KpiAnswer): readonly string[] {
  const { t, formats } = useSpeech();
  return kpi.coverage.map(({ of, share }) => {
    const key = `measure.${of}`;
    return t("kpi.coverage", {
      share: formats.rate(Math.floor(share * 1e4) / 1e4),
      measure: isTextKey(key) ? t(key) : of,
    });
  });
}

/** Sample size and 95 % interval of an estimate as texts; null where there is none. */
export function useSampleTexts(
  kpi: KpiAnswer,
  frame: Frame,
): { readonly n: string | null; readonly interval: string | null } {
  const { t, formats } = useSpeech();
  const show = (value: number | null) =>
    kpi.unit === "money"
      ? formats.moneyRough(value, frame)
      : kpiShort(formats, kpi.unit, value, frame);
  return {
    // A sample of nobody is said only where something follows from it.
    n: kpi.n === null || (kpi.n === 0 && kpi.low === null) ? null : formats.count(kpi.n),
    interval:
      kpi.low === null
        ? null
        : kpi.high === null
          ? t("kpi.intervalFrom", { low: show(kpi.low) })
          : t("kpi.interval", { low: show(kpi.low), high: show(kpi.high) }),
  };
}
