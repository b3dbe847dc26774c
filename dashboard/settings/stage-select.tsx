import type { ReactNode } from "react";
import { STAGES, type Stage } from "../../src/contract/names.ts";
import { useSpeech } from "../i18n/language.tsx";

/** The stage of one status; "no stage" can be chosen only where there is none yet. */
export function StageSelect(props: {
  readonly status: string;
  readonly value: Stage | null;
  readonly clearable: boolean;
  readonly describedBy?: string;
  readonly onChange: (stage: Stage | null) => void;
}): ReactNode {
  const { t } = useSpeech();
  return (
    <select
      className="input"
      aria-label={t("stages.of", { status: props.status })}
      aria-describedby={props.describedBy}
      value={props.value ?? ""}
      onChange={(event) =>
        props.onChange(STAGES.find((stage) => stage === event.target.value) ?? null)
      }
    >
      {props.clearable ? <option value="">{t("stages.none")}</option> : null}
      {STAGES.map((stage) => (
        <option key={stage} value={stage}>
          {t(`stage.${stage}`)}
        </option>
      ))}
    </select>
  );
}

/** What each stage means, for who chooses one. */
export function StageLegend(): ReactNode {
  const { t } = useSpeech();
  return (
    <details className="stage-legend">
      <summary>{t("stages.legend")}</summary>
      <dl className="facts-list">
        {STAGES.map((stage) => (
          <div key={stage}>
            <dt>{t(`stage.${stage}`)}</dt>
            <dd>{t(`stage.${stage}.means`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
