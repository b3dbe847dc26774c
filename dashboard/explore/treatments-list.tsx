import type { ReactNode } from "react";
import type { TreatmentRow } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { Icon } from "../parts/icon.tsx";
import { Answered, Failure, Panel, Skeleton } from "../parts/panel.tsx";
import { useTreatments, useWithdraw } from "../query/explore.ts";
import { signed } from "./figures.ts";
import { useTold } from "./told.ts";

/** Everything that was ever accepted, newest first, with what it changes and who took it back. */
export function TreatmentsPanel(props: { readonly may: boolean }): ReactNode {
  const { t } = useSpeech();
  const query = useTreatments();
  const withdraw = useWithdraw();
  return (
    <Panel title={t("explore.treatments")}>
      {withdraw.error ? <Failure error={withdraw.error} /> : null}
      <Answered query={query} skeleton={<Skeleton className="skeleton-line" />}>
        {(answer) =>
          answer.items.length === 0 ? (
            <p className="soft">{t("explore.noTreatments")}</p>
          ) : (
            <ul className="treatments">
              {answer.items.map((row) => (
                <TreatmentItem
                  key={row.id}
                  row={row}
                  money={answer}
                  may={props.may}
                  busy={withdraw.isPending}
                  onUndo={() => withdraw.mutate(row.id)}
                />
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}

function TreatmentItem(props: {
  readonly row: TreatmentRow;
  readonly money: Currency;
  readonly may: boolean;
  readonly busy: boolean;
  readonly onUndo: () => void;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const told = useTold();
  const personName = usePersonName();
  const { row, money } = props;
  const effects = [
    ...(row.spendMinor ? [signed(row.spendMinor, (size) => formats.money(size, money))] : []),
    ...(row.leads ? [signed(row.leads, (size) => n("count.leads", size))] : []),
  ];
  return (
    <li data-treatment={row.id} data-withdrawn={row.withdrawn !== null}>
      <div className="treatment-text">
        <p>
          <strong>{told(row.title)}</strong> · {t(`explore.kind.${row.kind}`)}
          {row.items === null ? null : <> · {n("explore.items", row.items)}</>}
          {effects.map((effect) => (
            <bdi key={effect}> · {effect}</bdi>
          ))}
        </p>
        <p className="soft">
          {t("explore.byWhen", { person: personName(row.by), when: formats.instant(row.at) })}
          {row.withdrawn ? (
            <>
              {" · "}
              {t("explore.withdrawn", {
                person: personName(row.withdrawn.by),
                when: formats.instant(row.withdrawn.at),
              })}
            </>
          ) : row.applies ? null : (
            <> · {t("explore.changesNothing")}</>
          )}
        </p>
      </div>
      {props.may && row.withdrawn === null ? (
        <button
          type="button"
          className="button"
          aria-label={`${t("action.undo")}: ${told(row.title)}`}
          disabled={props.busy}
          onClick={props.onUndo}
        >
          <Icon name="undo" />
          {t("action.undo")}
        </button>
      ) : null}
    </li>
  );
}
