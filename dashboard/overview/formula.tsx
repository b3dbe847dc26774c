import type { ReactNode } from "react";
import type { Frame, KpiAnswer, KpisAnswer, RowsAnswer } from "../../src/contract/overview.ts";
import { kpiFull } from "../format/kpi.ts";
import { useSpeech } from "../i18n/language.tsx";
import { isTextKey } from "../i18n/messages.ts";
import type { Speech } from "../i18n/speech.ts";
import { Answered, Skeleton } from "../parts/panel.tsx";
import { useRows } from "../query/overview.ts";
import { useAddress } from "../route/use-address.ts";
import { useCoverageTexts, useSampleTexts } from "./kpi-card.tsx";

/** How a number is computed, in words of the field; the parts come with the answer, not from the page. */
export function Formula(props: {
  readonly kpi: string;
  readonly kpis: KpisAnswer | undefined;
}): ReactNode {
  const { selection } = useAddress();
  const query = useRows(selection, { kpi: props.kpi, dropped: false, stage: null });
  return (
    <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
      {({ pages }) => <Facts {...props} answer={pages[0] as RowsAnswer} />}
    </Answered>
  );
}

function inWords({ t, formats }: Speech, formula: RowsAnswer["formula"]): string {
  const word = (measure: string) => {
    const key = `measure.${measure}`;
    return isTextKey(key) ? t(key) : measure;
  };
  if (formula.under === null) return t("formula.sum", { measure: word(formula.over) });
  const parts = { over: word(formula.over), under: word(formula.under) };
  return formula.scale === 1
    ? t("formula.quotient", parts)
    : t("formula.scaled", { ...parts, scale: formats.count(formula.scale) });
}

/** The formula with the numbers of this period in it, from rows that know both; null for sums. */
function withNumbers(
  formats: Speech["formats"],
  formula: RowsAnswer["formula"],
  kpi: KpiAnswer | undefined,
  frame: Frame,
): string | null {
  const part = (measure: string | null, value: number | null | undefined) =>
    measure === null || value === null || value === undefined
      ? null
      : kpiFull(formats, measure.endsWith("Minor") ? "money" : "count", value, frame);
  const over = part(formula.over, kpi?.parts?.over);
  const under = part(formula.under, kpi?.parts?.under);
  if (over === null || under === null) return null;
  return `${over} ÷ ${under}${formula.scale === 1 ? "" : ` × ${formats.count(formula.scale)}`}`;
}

function Facts(props: {
  readonly kpi: string;
  readonly kpis: KpisAnswer | undefined;
  readonly answer: RowsAnswer;
}): ReactNode {
  const speech = useSpeech();
  const { t, formats } = speech;
  const { frame, formula } = props.answer;
  const kpi = props.kpis?.kpis.find((item) => item.id === props.kpi);
  const numbers = withNumbers(formats, formula, kpi, frame);
  const means = `kpi.${props.kpi}.means`;
  return (
    <dl className="facts-list">
      {isTextKey(means) ? (
        <div>
          <dt>{t("formula.definition")}</dt>
          <dd>{t(means)}</dd>
        </div>
      ) : null}
      <div>
        <dt>{t("formula.formula")}</dt>
        <dd data-formula>{inWords(speech, formula)}</dd>
      </div>
      {numbers === null ? null : (
        <div>
          <dt>{t("formula.numbers")}</dt>
          <dd className="number">{numbers}</dd>
        </div>
      )}
      {kpi ? (
        <>
          <div>
            <dt>{t("formula.value")}</dt>
            <dd className="number">{kpiFull(formats, kpi.unit, kpi.value, frame)}</dd>
          </div>
          {kpi.raw !== null ? (
            <div>
              <dt>{t("formula.byBasis")}</dt>
              <dd className="number">{kpiFull(formats, kpi.unit, kpi.raw, frame)}</dd>
            </div>
          ) : null}
          <Interval kpi={kpi} frame={frame} />
          <Coverage kpi={kpi} />
        </>
      ) : null}
      <div>
        <dt>{t("filters.period")}</dt>
        <dd>{formats.period(frame.period.from, frame.period.to)}</dd>
      </div>
      <div>
        <dt>{t("filters.basis")}</dt>
        <dd>
          {t(`basis.${frame.basis}`)} · {t(`basis.${frame.basis}.help`)}
        </dd>
      </div>
      <div>
        <dt>{t("formula.version")}</dt>
        <dd>
          <code dir="ltr">{frame.definitionsVersion}</code>
        </dd>
      </div>
    </dl>
  );
}

function Interval(props: { readonly kpi: KpiAnswer; readonly frame: Frame }): ReactNode {
  const { t } = useSpeech();
  const texts = useSampleTexts(props.kpi, props.frame);
  if (texts.n === null && texts.interval === null) return null;
  return (
    <div>
      <dt>{t("formula.sampleAndInterval")}</dt>
      <dd className="number">
        {[texts.n === null ? null : t("kpi.sample", { n: texts.n }), texts.interval]
          .filter((part) => part !== null)
          .join(" · ")}
      </dd>
    </div>
  );
}

/** Said wherever the value speaks only of part of the data, with the reason. */
function Coverage(props: { readonly kpi: KpiAnswer }): ReactNode {
  const { t } = useSpeech();
  const texts = useCoverageTexts(props.kpi);
  if (texts.length === 0) return null;
  return (
    <div>
      <dt>{t("formula.coverage")}</dt>
      <dd>
        {texts.join(" · ")}. {t("formula.coverage.why")}
      </dd>
    </div>
  );
}
