import { type ReactNode, useMemo } from "react";
import type {
  ChangeEffects,
  ChangeMeasure,
  ChangeMover,
  ChangeSums,
  ChangesAnswer,
} from "../../src/contract/today.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { type Address, HOME } from "../route/address.ts";
import { useAddress, useLink } from "../route/use-address.ts";
import { effectMeaning, effectText, KPI_OF, partsOf, SUM_OF, sumText } from "./effects.ts";

/** Sums beside the cost that is told of, so that one sees what moved. */
const BESIDE: Readonly<Record<ChangeMeasure, readonly ChangeMeasure[]>> = {
  cpql: ["spend", "qualified", "cpql"],
  cpl: ["spend", "leads", "cpl"],
  qualified: ["spend", "leads", "qualified"],
  leads: ["spend", "leads"],
  spend: ["spend", "leads"],
};

/** The campaigns that moved it most, and all others as one line: together the whole change. */
export function ChangeMovers(props: {
  readonly answer: ChangesAnswer;
  readonly by: ChangeMeasure;
}): ReactNode {
  const { t, n } = useSpeech();
  const { answer, by } = props;
  const { movers, rest } = answer;
  const most = Math.max(1e-9, ...movers.map(({ effects }) => Math.abs(effects.total)));
  const beside = BESIDE[by];
  return (
    <ScrollBox name={t("changes.movers")}>
      <table className="table table-movers">
        <thead>
          <tr>
            <th scope="col">{t("changes.campaign")}</th>
            {beside.map((measure) => (
              <th key={measure} scope="col" className="number" data-told={measure === by}>
                {t(`changes.by.${measure}`)}
              </th>
            ))}
            <th scope="col" className="number">
              {t("changes.effect")}
            </th>
          </tr>
        </thead>
        <tbody>
          {movers.map((mover) => (
            <tr key={`${mover.account} ${mover.campaignId}`} data-campaign={mover.campaignId}>
              <th scope="row">
                <MoverName mover={mover} answer={answer} by={by} />
              </th>
              <Cells sums={mover} beside={beside} answer={answer} />
              <EffectCell effects={mover.effects} by={by} answer={answer} most={most} />
            </tr>
          ))}
        </tbody>
        {rest ? (
          <tfoot>
            <tr data-rest>
              <th scope="row">
                {t("changes.rest")}{" "}
                <span className="label-soft">{n("changes.started", rest.campaigns)}</span>
              </th>
              <Cells sums={rest} beside={beside} answer={answer} />
              <EffectCell effects={rest.effects} by={by} answer={answer} most={most} />
            </tr>
          </tfoot>
        ) : null}
      </table>
    </ScrollBox>
  );
}

/** A campaign's name is the way to its rows of the later days. */
function MoverName(props: {
  readonly mover: ChangeMover;
  readonly answer: ChangesAnswer;
  readonly by: ChangeMeasure;
}): ReactNode {
  const { t } = useSpeech();
  const { selection, own } = useAddress();
  const { mover, answer, by } = props;
  const { campaignId, account, project } = mover;
  const days = mover.kind === "ended" ? answer.before : answer.after;
  const target = useMemo<Address>(
    () => ({
      ...HOME,
      own,
      selection: {
        ...selection,
        account: [account],
        campaign: campaignId === null ? selection.campaign : [campaignId],
        from: days?.from ?? null,
        to: days?.to ?? null,
      },
      kpi: KPI_OF[by],
    }),
    [selection, own, campaignId, account, days, by],
  );
  const link = useLink(target);
  const name = mover.campaignName ?? campaignId;
  return (
    <>
      {name === null ? (
        t("changes.unnamed")
      ) : (
        <a {...link} title={t("changes.openRows", { name })}>
          <bdi>{name}</bdi>
        </a>
      )}
      <span className="label-soft mover-under">
        {mover.kind === "started" || mover.kind === "ended" ? (
          <span className="badge">{t(`changes.short.${mover.kind}`)}</span>
        ) : null}
        <bdi>{project ?? account}</bdi>
      </span>
    </>
  );
}

function Cells(props: {
  readonly sums: ChangeSums;
  readonly beside: readonly ChangeMeasure[];
  readonly answer: ChangesAnswer;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { sums, beside, answer } = props;
  return beside.map((measure) => {
    const { before, after } = sums[SUM_OF[measure]];
    const text = (value: number | null) => sumText(formats, measure, value, answer.frame);
    return (
      <td key={measure} className="number" data-measure={measure} data-told={measure === answer.by}>
        <bdi data-value={after ?? ""}>{text(after)}</bdi>
        <span className="label-soft mover-under">
          <bdi data-before={before ?? ""}>{t("changes.before", { value: text(before) })}</bdi>
        </span>
      </td>
    );
  });
}

/** A campaign's part of the change as a bar from the middle, and what it is made of. */
function EffectCell(props: {
  readonly effects: ChangeEffects;
  readonly by: ChangeMeasure;
  readonly answer: ChangesAnswer;
  readonly most: number;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { effects, by, answer, most } = props;
  const text = (value: number) => effectText(formats, by, value, answer.frame);
  const parts = partsOf(effects);
  const size = Math.min(1, Math.abs(effects.total) / most) * 50;
  const meaning = effectMeaning(by, effects.total);
  return (
    <td className="number effect-cell">
      <strong className={`change-${meaning}`} data-value={effects.total}>
        <bdi>{text(effects.total)}</bdi>
      </strong>
      <span className="effect-track" aria-hidden="true">
        <span
          className={`effect-bar effect-${meaning}`}
          style={{
            inlineSize: `${size}%`,
            insetInlineStart: `${effects.total < 0 ? 50 - size : 50}%`,
          }}
        />
      </span>
      {parts.length > 1 ? (
        <span className="label-soft mover-under">
          {formats.list(
            parts.map((part) => `${t(`changes.short.${part}`)} ${text(effects[part])}`),
          )}
        </span>
      ) : null}
    </td>
  );
}
