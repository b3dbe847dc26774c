import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ImportRow } from "../../src/contract/imports.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { Icon } from "../parts/icon.tsx";
import { MoreButton } from "../parts/more-button.tsx";
import { Answered, Failure, Skeleton } from "../parts/panel.tsx";
import { ServerText } from "../parts/server-text.tsx";
import { askAgain } from "../query/ask-again.ts";
import type { Refusal } from "../query/http.ts";
import { undoImport, useImports } from "../query/imports.ts";
import { useMay, useMayEverywhere } from "../query/may.ts";
import { changeAddress } from "../route/use-address.ts";
import { RunningProgress } from "./progress.tsx";

/** Every import, newest first; each can be taken back as a whole. */
export function ImportList(): ReactNode {
  const { t, formats } = useSpeech();
  const query = useImports();
  const queries = useQueryClient();
  const undo = useMutation<ImportRow, Refusal, ImportRow>({
    mutationFn: (row) => undoImport(row.importId),
    onSettled: () => askAgain(queries),
  });
  return (
    <>
      {undo.error ? <Failure error={undo.error} /> : null}
      {undo.data ? (
        <p role="status" className="soft">
          {t("data.undone", { when: formats.instant(undo.data.startedAt) })}
        </p>
      ) : null}
      <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <p className="soft">{t("data.noImports")}</p>;
          return (
            <>
              <ul className="imports">
                {rows.map((row) => (
                  <ImportItem
                    key={row.importId}
                    row={row}
                    undoing={undo.isPending && undo.variables.importId === row.importId}
                    onUndo={() => undo.mutate(row)}
                  />
                ))}
              </ul>
              <MoreButton pages={query} />
            </>
          );
        }}
      </Answered>
    </>
  );
}

const BADGES: Readonly<Record<ImportRow["state"], string>> = {
  running: "badge badge-accent",
  done: "badge badge-good",
  failed: "badge badge-bad",
  undone: "badge",
};

function ImportItem(props: {
  readonly row: ImportRow;
  readonly undoing: boolean;
  readonly onUndo: () => void;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const personName = usePersonName();
  const may = useMayEverywhere("import");
  const seesRejects = useMay("import");
  const { row } = props;
  const rejected = row.files.reduce((sum, file) => sum + file.rowsRejected, 0);
  const when = formats.instant(row.startedAt);
  return (
    <li className="import" data-import={row.importId} data-state={row.state}>
      <div className="import-head">
        <span className={BADGES[row.state]}>{t(`import.${row.state}`)}</span>
        <time dateTime={row.startedAt}>{when}</time>
        <span className="soft">
          <bdi>{personName(row.by)}</bdi>
          {row.account ? (
            <>
              {" · "}
              <bdi>{row.account}</bdi>
            </>
          ) : null}
        </span>
        <span className="grow" />
        {rejected > 0 && seesRejects ? (
          <button
            type="button"
            className="button button-quiet"
            onClick={() => changeAddress({ importId: row.importId })}
          >
            {n("count.rejected", rejected)}
          </button>
        ) : null}
        {row.state === "done" && may ? (
          <button
            type="button"
            className="button"
            title={t("data.undoHint")}
            aria-label={`${t("action.undo")}: ${when}`}
            disabled={props.undoing}
            onClick={props.onUndo}
          >
            <Icon name="undo" />
            {t("action.undo")}
          </button>
        ) : null}
      </div>
      {row.state === "running" ? <RunningProgress importId={row.importId} /> : null}
      {row.problem ? (
        <p className="bad">
          <ServerText text={`${row.problem.what} ${row.problem.fix}`} />
        </p>
      ) : null}
      <ul className="import-files">
        {row.files.map((file) => (
          <li key={file.name}>
            <bdi className="cut" title={file.name}>
              {file.name}
            </bdi>
            <span className="soft">{t(`table.${file.table}`)}</span>
            <span className="number" data-value={file.rowsAccepted}>
              {n("count.rows", file.rowsAccepted)}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}
