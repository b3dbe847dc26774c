import type { ReactNode } from "react";
import type { ChangeMeasure, ChangesAnswer } from "../../src/contract/today.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { type Span, useChanges } from "../query/today.ts";
import { changeOwn, useAddress } from "../route/use-address.ts";
import { ChangeMovers } from "./change-movers.tsx";
import { ChangeNotes } from "./change-notes.tsx";
import { EFFECTS, effectMeaning, effectText, SUM_OF, sumText } from "./effects.ts";

const SPANS: readonly Span[] = ["day", "week", "period"];
const MEASURES: readonly ChangeMeasure[] = ["cpql", "cpl", "qualified", "leads", "spend"];

/** What changed between two spans of days, in money, and through which campaigns. */
export function ChangesPanel(): ReactNode {
  const { t } = useSpeech();
  const { selection, own } = useAddress();
  const span = SPANS.find((one) => one === own.since) ?? "period";
  const asked = MEASURES.find((one) => one === own.told) ?? null;
  const query = useChanges(selection, span, asked);
  const by = query.data?.by ?? asked;
  return (
    <Panel
      title={t("changes.title")}
      className="panel-changes"
      actions={
        <>
          <Segmented
            name={t("changes.span")}
            value={span}
            choices={SPANS.map((value) => ({ value, label: t(`changes.span.${value}`) }))}
            onChange={(value) =>
              changeOwn({ since: value === "period" ? null : value }, { replace: true })
            }
          />
          <select
            className="input"
            aria-label={t("changes.by")}
            value={by ?? "spend"}
            onChange={(event) => changeOwn({ told: event.target.value }, { replace: true })}
          >
            {MEASURES.map((value) => (
              <option key={value} value={value}>
                {t(`changes.by.${value}`)}
              </option>
            ))}
          </select>
        </>
      }
    >
      <Answered query={query} stacked skeleton={<Skeleton className="skeleton-changes" />}>
        {(answer) => <Told answer={answer} />}
      </Answered>
    </Panel>
  );
}

function Told(props: { readonly answer: ChangesAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { answer } = props;
  const { by, effects, after, before, missing } = answer;
  if (by === null || effects === null || after === null || before === null) {
    return (
      <>
        <p className="soft" data-missing={missing}>
          {t(`changes.missing.${missing ?? "not_recorded"}`)}
        </p>
        <ChangeNotes answer={answer} />
      </>
    );
  }
  const moved = answer.movers.length > 0;
  return (
    <>
      <p className="changes-sentence">
        <Sentence answer={answer} by={by} />{" "}
        <span className="soft">
          {t("changes.against", {
            after: formats.period(after.from, after.to),
            before: formats.period(before.from, before.to),
          })}
          {answer.evidence === null
            ? null
            : ` · ${t("changes.counts", {
                after: formats.count(answer.evidence.after),
                before: formats.count(answer.evidence.before),
              })}`}
        </span>
      </p>
      <ChangeNotes answer={answer} />
      {moved ? (
        <div className="changes-body">
          <table className="table table-effects">
            <caption className="sr-only">{t("changes.why")}</caption>
            <tbody>
              {EFFECTS.filter((part) => effects[part] !== 0).map((part) => (
                <tr key={part} data-part={part}>
                  <th scope="row">{t(`changes.effect.${part}`)}</th>
                  <td className={`number change-${effectMeaning(by, effects[part])}`}>
                    <bdi data-value={effects[part]}>
                      {effectText(formats, by, effects[part], answer.frame)}
                    </bdi>
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t("changes.all")}</th>
                <td className="number">
                  <bdi data-value={effects.total} data-testid="change-total">
                    {effectText(formats, by, effects.total, answer.frame)}
                  </bdi>
                </td>
              </tr>
            </tfoot>
          </table>
          <ChangeMovers answer={answer} by={by} />
        </div>
      ) : (
        <p className="soft">{t("changes.none")}</p>
      )}
    </>
  );
}

/** The change as one sentence: a cost at its price and what it means in money, a sum by itself. */
function Sentence(props: {
  readonly answer: ChangesAnswer;
  readonly by: ChangeMeasure;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { answer, by } = props;
  const { frame, totals, effects } = answer;
  const sums = totals[SUM_OF[by]];
  const text = (value: number | null) => sumText(formats, by, value, frame);
  const total = effects?.total ?? 0;
  if (by !== "cpl" && by !== "cpql") {
    return t("changes.sum", {
      what: t(`changes.by.${by}`),
      after: text(sums.after),
      before: text(sums.before),
      change: effectText(formats, by, total, frame),
    });
  }
  if (sums.after === null) {
    return t("changes.costGone", {
      spend: formats.moneyShort(totals.spendMinor.after, frame),
      before: text(sums.before),
    });
  }
  const values = {
    cost: t(`changes.by.${by}`),
    after: text(sums.after),
    before: text(sums.before),
  };
  if (total === 0) return t("changes.costSame", values);
  return t(total > 0 ? "changes.costMore" : "changes.costLess", {
    ...values,
    money: formats.moneyShort(Math.abs(total), frame),
  });
}
