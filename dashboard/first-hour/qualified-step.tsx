import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { StageSelect } from "../settings/stage-select.tsx";
import type { StepProps } from "./first-hour.tsx";

/** Statuses shown, most leads first; the settings have the rest. */
const SHOWN = 20;

/** What each status stands for, with the leads that carry it. */
export function QualifiedStep({ evidence, answer, draft, onChange }: StepProps): ReactNode {
  const { t, n, formats } = useSpeech();
  const { qualified } = evidence;
  return (
    <>
      <p>
        {t("first.qualified.so", {
          qualified: n("waits.leads", qualified.qualified),
          judged: formats.count(qualified.judged),
        })}
      </p>
      <ul className="statuses">
        {answer.statuses
          .filter((one) => one.rows > 0)
          .slice(0, SHOWN)
          .map(({ status, stage }) => {
            const leads = qualified.statuses
              .filter((one) => one.status === status)
              .reduce((sum, one) => sum + one.leads, 0);
            return (
              <li key={status} data-status={status}>
                <span className="status-name">
                  <bdi className="status-text">{status || t("first.qualified.empty")}</bdi>
                </span>
                <span className="number">{n("waits.leads", leads)}</span>
                <StageSelect
                  status={status}
                  value={draft.stages.get(status) ?? stage}
                  clearable={stage === null}
                  onChange={(next) => {
                    const stages = new Map(draft.stages);
                    if (next === null) stages.delete(status);
                    else stages.set(status, next);
                    onChange({ ...draft, stages });
                  }}
                />
              </li>
            );
          })}
      </ul>
    </>
  );
}
