import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import type { Refusal } from "../query/http.ts";
import { Icon } from "./icon.tsx";
import { ServerText } from "./server-text.tsx";

/** Why a request failed, in the server's words where it sent some. */
export function Failure(props: {
  readonly error: Refusal;
  readonly onRetry?: () => void;
  readonly shownSince?: number | null;
  /** What is still shown answers the question before the last change. */
  readonly former?: boolean;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { problem, status } = props.error;
  const now = useNow(props.shownSince != null);
  return (
    <div className="notice notice-bad" role="alert">
      <Icon name="warning" />
      <div className="notice-text">
        <p>
          {problem ? (
            <ServerText text={problem.what} />
          ) : (
            t(status === 0 ? "state.offline" : "state.error")
          )}
        </p>
        {problem?.where ? (
          <p>
            <ServerText text={problem.where} />
          </p>
        ) : null}
        {problem?.fix ? (
          <p>
            <ServerText text={problem.fix} />
          </p>
        ) : null}
        {props.shownSince != null ? (
          <p>
            {t("state.age", { ago: formats.ago(now - props.shownSince) })}{" "}
            {props.former ? t("state.former") : ""}
          </p>
        ) : null}
      </div>
      {props.onRetry ? (
        <button type="button" className="button" onClick={props.onRetry}>
          {t("action.retry")}
        </button>
      ) : null}
    </div>
  );
}

/** The time now, renewed every ten seconds while somebody reads an age. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

/** Grey shape of the size that will be filled. */
export function Skeleton(props: { readonly className?: string }): ReactNode {
  return <div className={`skeleton ${props.className ?? ""}`} aria-hidden="true" />;
}

type Asked<T> = Pick<
  UseQueryResult<T, Refusal>,
  "data" | "error" | "isPlaceholderData" | "dataUpdatedAt" | "refetch"
>;

/**
 * What a query shows: its skeleton, its answer, or why there is none. After an error the last answer stays, with
 * its age and a way to try again; an answer to another question is dimmed until the new one is there.
 */
export function Answered<T>(props: {
  readonly query: Asked<T>;
  readonly skeleton: ReactNode;
  /** Lays the parts of a page below each other, at the page's distance. */
  readonly stacked?: boolean;
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  const { t } = useSpeech();
  const { data, error, isPlaceholderData, dataUpdatedAt, refetch } = props.query;
  const retry = () => void refetch();
  // What was last shown; after a change of the filters it belongs to the former question.
  const [last, setLast] = useState<{ readonly data: T; readonly at: number } | null>(null);
  if (data !== undefined && !isPlaceholderData && last?.data !== data)
    setLast({ data, at: dataUpdatedAt });
  if (data === undefined && error && last)
    return (
      <>
        <Failure error={error} onRetry={retry} shownSince={last.at} former />
        <div className={`${props.stacked ? "stack" : ""} is-old`}>{props.children(last.data)}</div>
      </>
    );
  if (data === undefined)
    return error ? (
      <Failure error={error} onRetry={retry} />
    ) : (
      <div role="status">
        <span className="sr-only">{t("app.loading")}</span>
        {props.skeleton}
      </div>
    );
  return (
    <>
      {error ? <Failure error={error} onRetry={retry} shownSince={dataUpdatedAt} /> : null}
      <div
        className={`${props.stacked ? "stack" : ""} ${isPlaceholderData ? "is-old" : ""}`}
        aria-busy={isPlaceholderData}
      >
        {props.children(data)}
      </div>
    </>
  );
}

/** A titled part of a page. */
export function Panel(props: {
  readonly title: string;
  readonly className?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section className={`panel ${props.className ?? ""}`} aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{props.title}</h2>
        {props.actions ? <div className="panel-actions">{props.actions}</div> : null}
      </header>
      {props.children}
    </section>
  );
}
