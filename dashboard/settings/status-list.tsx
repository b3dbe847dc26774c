import type { ReactNode } from "react";
import type { Stage } from "../../src/contract/names.ts";
import type { DefinitionsAnswer } from "../../src/contract/server.ts";
import { useSpeech } from "../i18n/language.tsx";
import { OriginText } from "./setting.tsx";
import { StageSelect } from "./stage-select.tsx";

/** The whole status map: what waits for a stage first, then the most rows. */
export function StatusList(props: {
  readonly answer: DefinitionsAnswer;
  readonly chosen: ReadonlyMap<string, Stage>;
  readonly onChange: (status: string, stage: Stage | null) => void;
}): ReactNode {
  const { t, n } = useSpeech();
  const { answer, chosen } = props;
  const waiting = answer.statuses.filter((one) => one.leftOut > 0);
  const named = answer.statuses.filter((one) => one.leftOut === 0);
  return (
    <ul className="statuses">
      {[...waiting, ...named].map(({ status, stage, rows, leftOut, origin }) => (
        <li key={status} data-status={status}>
          <span className="status-name">
            <bdi className="status-text">{status}</bdi>
            {leftOut > 0 ? <span className="badge badge-warn">{t("settings.leftOut")}</span> : null}
          </span>
          <span className={`number ${rows === 0 ? "soft" : ""}`} data-value={rows}>
            {n("count.rows", rows)}
          </span>
          <StageSelect
            status={status}
            value={chosen.get(status) ?? stage}
            clearable={stage === null}
            onChange={(next) => props.onChange(status, next)}
          />
          <span className="label-soft">
            {stage === null ? null : <OriginText origin={origin} />}
          </span>
        </li>
      ))}
    </ul>
  );
}
