import type { ReactNode } from "react";
import type { JobRow } from "../../src/contract/jobs.ts";
import { useSpeech } from "../i18n/language.tsx";
import { isTextKey } from "../i18n/messages.ts";
import { Answered, Failure, Panel, Skeleton } from "../parts/panel.tsx";
import { ServerText } from "../parts/server-text.tsx";
import { useCancelJob, useJobs, useRetryJob } from "../query/jobs.ts";
import { useLive } from "../query/live.ts";

const BADGES: Readonly<Record<JobRow["state"], string>> = {
  waiting: "badge",
  running: "badge badge-accent",
  done: "badge badge-good",
  failed: "badge badge-bad",
  cancelled: "badge",
  interrupted: "badge badge-bad",
};

/** What runs, waits, and ended in the last 30 days. */
export function JobsPanel(): ReactNode {
  const { t } = useSpeech();
  const query = useJobs();
  const cancel = useCancelJob();
  const retry = useRetryJob();
  const refused = cancel.error ?? retry.error;
  return (
    <Panel title={t("jobs.title")}>
      <p className="soft">{t("jobs.intro")}</p>
      {refused ? <Failure error={refused} /> : null}
      <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t("jobs.none")}</p>
          ) : (
            <ul className="jobs">
              {items.map((job) => (
                <JobItem
                  key={job.id}
                  job={job}
                  onCancel={() => cancel.mutate(job.id)}
                  onRetry={() => retry.mutate(job.id)}
                />
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}

function useKindName(): (kind: string) => string {
  const { t } = useSpeech();
  return (kind) => {
    const key = `jobs.kind.${kind}`;
    return isTextKey(key) ? t(key) : kind;
  };
}

function JobItem(props: {
  readonly job: JobRow;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
}): ReactNode {
  const { t, formats } = useSpeech();
  const kindName = useKindName();
  const { job } = props;
  const told = useLive().jobs.get(job.id);
  const progress = job.state === "running" ? (told?.progress ?? job.progress) : null;
  const own = job.kind !== "import";
  const name = job.about ?? kindName(job.kind);
  return (
    <li data-job={job.id} data-state={job.state}>
      <div className="job-what">
        <strong>{kindName(job.kind)}</strong>
        {job.about === null ? null : (
          <>
            {" "}
            · <bdi>{job.about}</bdi>
          </>
        )}{" "}
        <span className={BADGES[job.state]}>{t(`jobs.state.${job.state}`)}</span>
        <p className="label-soft">
          {formats.instant(job.createdAt)}
          {job.state === "waiting" && job.attempts > 0
            ? ` · ${t("jobs.again", { when: formats.instant(job.dueAt) })}`
            : null}
        </p>
        {job.problem ? (
          <p className={job.state === "waiting" ? "soft" : "bad"}>
            <ServerText text={job.problem.what} /> <ServerText text={job.problem.fix} />
          </p>
        ) : null}
      </div>
      {job.state === "running" ? (
        <progress aria-label={t("jobs.progress", { name })} max={1} value={progress ?? undefined} />
      ) : null}
      <div className="buttons">
        {own && (job.state === "running" || job.state === "waiting") ? (
          <button
            type="button"
            className="button"
            aria-label={`${t("action.cancel")}: ${name}`}
            onClick={props.onCancel}
          >
            {t("action.cancel")}
          </button>
        ) : null}
        {own && ["failed", "cancelled", "interrupted"].includes(job.state) ? (
          <button
            type="button"
            className="button"
            aria-label={`${t("action.retry")}: ${name}`}
            onClick={props.onRetry}
          >
            {t("action.retry")}
          </button>
        ) : null}
      </div>
    </li>
  );
}
