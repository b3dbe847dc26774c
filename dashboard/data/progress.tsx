import type { CSSProperties, ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { useLive } from "../query/live.ts";

/** How far something is; without a known end it only shows that it goes on. */
export function ProgressBar(props: {
  readonly label: string;
  readonly fraction: number | null;
}): ReactNode {
  const { label, fraction } = props;
  const percent = fraction === null ? undefined : Math.round(fraction * 100);
  return (
    <div
      className={fraction === null ? "progress progress-endless" : "progress"}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span className="progress-fill" style={{ "--share": fraction ?? 1 } as CSSProperties} />
    </div>
  );
}

/** The last word of a running import: phase, file, rows and speed. */
export function RunningProgress(props: { readonly importId: string | null }): ReactNode {
  const { t, formats } = useSpeech();
  const running = useLive().progress;
  // Messages come before the answer that tells the import's id; only one import runs at a time.
  const progress =
    props.importId === null ? [...running.values()].at(-1) : running.get(props.importId);
  const phase = t(progress ? `phase.${progress.phase}` : "import.running");
  return (
    <div className="running">
      <ProgressBar label={phase} fraction={progress?.fraction ?? null} />
      <p className="soft number">
        {phase}
        {progress?.file ? (
          <>
            {" · "}
            <bdi>{progress.file}</bdi>
          </>
        ) : null}
        {progress && progress.rows > 0
          ? ` · ${t("phase.rows", { n: formats.count(progress.rows) })}`
          : ""}
        {progress?.rowsPerSecond
          ? ` · ${t("phase.speed", { n: formats.count(progress.rowsPerSecond) })}`
          : ""}
      </p>
    </div>
  );
}
