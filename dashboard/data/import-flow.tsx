import { type ReactNode, useCallback, useRef } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import { Failure } from "../parts/panel.tsx";
import { ServerText } from "../parts/server-text.tsx";
import { useImport } from "../query/imports.ts";
import { HOME } from "../route/address.ts";
import { goTo } from "../route/use-address.ts";
import { DropZone } from "./drop-zone.tsx";
import { type Uploading, useImportFlow } from "./flow-state.tsx";
import { PreviewStep } from "./preview-step.tsx";
import { ProgressBar, RunningProgress } from "./progress.tsx";

/** The import as one dialog: choose, upload, look, answer, import, result. */
export function ImportFlow(): ReactNode {
  const { t } = useSpeech();
  const { flow, start, close } = useImportFlow();
  const busy = flow.step === "uploading" || flow.step === "reading" || flow.step === "preview";
  const onFiles = useCallback(
    (files: readonly File[]) => {
      if (!busy) start(files);
    },
    [busy, start],
  );
  return (
    <>
      <DropZone onFiles={onFiles} />
      {flow.step === "closed" ? null : flow.step === "preview" ? (
        <PreviewStep key={flow.answer.previewId} answer={flow.answer} error={flow.error} />
      ) : (
        <Dialog kind="drawer" title={t("flow.title")} onClose={close}>
          {flow.step === "choose" ? <Choose /> : null}
          {flow.step === "uploading" ? <Uploads files={flow.files} /> : null}
          {flow.step === "reading" ? (
            <>
              <p role="status">{t("flow.reading")}</p>
              <ProgressBar label={t("flow.reading")} fraction={null} />
              <button type="button" className="button" onClick={close}>
                {t("action.cancel")}
              </button>
            </>
          ) : null}
          {flow.step === "failed" ? (
            <>
              <p>
                <strong>{t("flow.previewFailed")}</strong>
              </p>
              <Failure error={flow.error} />
              <Choose />
            </>
          ) : null}
          {flow.step === "running" ? <Running importId={flow.importId} /> : null}
        </Dialog>
      )}
    </>
  );
}

function Choose(): ReactNode {
  const { t } = useSpeech();
  const { start } = useImportFlow();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="choose">
      <Icon name="upload" />
      <p>{t("data.dropHint")}</p>
      <button type="button" className="button button-main" onClick={() => input.current?.click()}>
        {t("flow.choose")}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("flow.choose")}
        onChange={(event) => {
          start([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </div>
  );
}

function Uploads(props: { readonly files: readonly Uploading[] }): ReactNode {
  const { t, formats } = useSpeech();
  const { close } = useImportFlow();
  return (
    <>
      <p role="status">{t("flow.uploading")}</p>
      <ul className="uploads">
        {props.files.map((file) => (
          <li key={file.name}>
            <bdi className="cut">{file.name}</bdi>
            <ProgressBar
              label={file.name}
              fraction={file.total === 0 ? 1 : Math.min(1, file.sent / file.total)}
            />
            <span className="soft number">
              {t("flow.uploadOf", {
                sent: formats.bytes(Math.min(file.sent, file.total)),
                total: formats.bytes(file.total),
              })}
            </span>
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={close}>
        {t("action.cancel")}
      </button>
    </>
  );
}

/** From the commit to the figures. */
function Running(props: { readonly importId: string | null }): ReactNode {
  const { t, n, formats } = useSpeech();
  const { close } = useImportFlow();
  const query = useImport(props.importId);
  const row = query.data;
  if (row?.state === "done") {
    const rejected = row.files.reduce((sum, file) => sum + file.rowsRejected, 0);
    return (
      <div data-import-state="done">
        <p role="status" className="done">
          <Icon name="check" />
          <strong>{t("flow.done")}</strong>
        </p>
        <ul className="plain">
          {row.files.map((file) => (
            <li key={file.name}>
              <bdi>{file.name}</bdi> · {t(`table.${file.table}`)} ·{" "}
              {n("count.rows", file.rowsAccepted)}
            </li>
          ))}
        </ul>
        {rejected > 0 ? <p className="bad">{n("count.rejected", rejected)}</p> : null}
        <div className="buttons">
          <button
            type="button"
            className="button button-main"
            onClick={() => {
              close();
              goTo(HOME);
            }}
          >
            {t("flow.seeFigures")}
          </button>
          <button type="button" className="button" onClick={close}>
            {t("action.close")}
          </button>
        </div>
      </div>
    );
  }
  if (row?.state === "failed")
    return (
      <div className="notice notice-bad" role="alert">
        <Icon name="warning" />
        <div className="notice-text">
          <p>
            <strong>{t("flow.failed")}</strong>
          </p>
          {row.problem ? (
            <p>
              <ServerText text={`${row.problem.what} ${row.problem.fix}`} />
            </p>
          ) : null}
        </div>
      </div>
    );
  return (
    <>
      <p role="status">
        {t("flow.importing")}
        {row ? ` · ${n("count.files", row.files.length)} · ${formats.instant(row.startedAt)}` : ""}
      </p>
      <RunningProgress importId={props.importId} />
      {row ? <p className="soft">{t("flow.canClose")}</p> : null}
    </>
  );
}
