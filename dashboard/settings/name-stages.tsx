import { type ReactNode, useId, useState } from "react";
import type { Stage } from "../../src/contract/names.ts";
import type { DefinitionsAnswer } from "../../src/contract/server.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import { Answered, Failure, Skeleton } from "../parts/panel.tsx";
import { useDefine, useDefinitions } from "../query/definitions.ts";
import { HOME } from "../route/address.ts";
import { useLink } from "../route/use-address.ts";
import { StageLegend, StageSelect } from "./stage-select.tsx";
import { suggestStage } from "./suggest-stage.ts";

/** A status that no map knows, with the rows that wait for it. */
export interface Unnamed {
  readonly status: string;
  readonly rows: number;
}

/** Asks for the stage of each status; saving is the person's word for it, also where the product suggested one. */
export function NameStages(props: {
  readonly statuses: readonly Unnamed[];
  readonly onClose: () => void;
}): ReactNode {
  const { t, n } = useSpeech();
  const definitions = useDefinitions();
  const define = useDefine();
  const [chosen, setChosen] = useState<ReadonlyMap<string, Stage | null>>(new Map());
  if (define.data)
    return <Saved count={Object.keys(define.variables.statusMap ?? {}).length} {...props} />;
  const shown = (status: string, known: Known) => {
    const suggested = suggestStage(status, known);
    const stage = chosen.has(status) ? (chosen.get(status) ?? null) : suggested;
    return { stage, suggested: suggested !== null && stage === suggested };
  };
  const answers = props.statuses.flatMap(({ status }) => {
    const known = definitions.data?.default.statusMap;
    const stage = known ? shown(status, known).stage : null;
    return stage === null ? [] : [[status, stage] as const];
  });
  return (
    <Dialog
      kind="box"
      title={t("stages.title")}
      onClose={props.onClose}
      footer={
        <>
          <button
            type="button"
            className="button button-main"
            disabled={answers.length === 0 || define.isPending}
            onClick={() => define.mutate({ statusMap: Object.fromEntries(answers) })}
          >
            {define.isPending
              ? t("phase.building")
              : answers.length === 0
                ? t("stages.chooseFirst")
                : n("stages.save", answers.length)}
          </button>
          <button type="button" className="button" onClick={props.onClose}>
            {t("action.cancel")}
          </button>
        </>
      }
    >
      <p>{t("stages.intro")}</p>
      <StageLegend />
      {define.error ? <Failure error={define.error} /> : null}
      <Answered query={definitions} skeleton={<Skeleton className="skeleton-chart" />}>
        {({ default: { statusMap } }) => (
          <ul className="unnamed">
            {props.statuses.map((one) => (
              <UnnamedStatus
                key={one.status}
                {...one}
                {...shown(one.status, statusMap)}
                onChange={(stage) => setChosen(new Map(chosen).set(one.status, stage))}
              />
            ))}
          </ul>
        )}
      </Answered>
    </Dialog>
  );
}

type Known = DefinitionsAnswer["default"]["statusMap"];

function UnnamedStatus(
  props: Unnamed & {
    readonly stage: Stage | null;
    readonly suggested: boolean;
    readonly onChange: (stage: Stage | null) => void;
  },
): ReactNode {
  const { t, n } = useSpeech();
  const { status, stage, suggested } = props;
  const helpId = useId();
  return (
    <li>
      <p className="unnamed-head">
        <bdi className="status-text">{status}</bdi>
        <span className="soft">{n("count.rows", props.rows)}</span>
        {suggested ? (
          <span
            id={`${helpId}-suggested`}
            className="badge badge-accent"
            title={t("stages.suggestedHelp")}
          >
            {t("stages.suggested")}
          </span>
        ) : null}
      </p>
      <StageSelect
        status={status}
        value={stage}
        clearable
        describedBy={`${helpId} ${helpId}-suggested`}
        onChange={props.onChange}
      />
      <p id={helpId} className="label-soft">
        {stage === null ? t("stages.stillLeftOut") : t(`stage.${stage}.means`)}
      </p>
    </li>
  );
}

const SETTINGS = { ...HOME, place: "settings" } as const;

function Saved(props: { readonly count: number; readonly onClose: () => void }): ReactNode {
  const { t, n } = useSpeech();
  const link = useLink(SETTINGS);
  return (
    <Dialog
      kind="box"
      title={t("stages.title")}
      onClose={props.onClose}
      footer={
        <>
          <button type="button" className="button button-main" onClick={props.onClose}>
            {t("action.close")}
          </button>
          <a {...link} className="button">
            {t("keys.settings")}
          </a>
        </>
      }
    >
      <p role="status" className="done">
        <Icon name="check" />
        {n("stages.saved", props.count)}
      </p>
      <p>{t("stages.savedHelp")}</p>
    </Dialog>
  );
}
