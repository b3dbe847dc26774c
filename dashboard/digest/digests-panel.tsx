import { type ReactNode, useState } from "react";
import type { DigestRow } from "../../src/contract/digests.ts";
import { useSpeech } from "../i18n/language.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { Answered, Failure, Panel, Skeleton } from "../parts/panel.tsx";
import { digestFile, useDigests, useRemoveDigest, useSendDigest } from "../query/jobs.ts";
import { DigestDialog } from "./digest-dialog.tsx";

type Open =
  | { readonly dialog: "edit"; readonly row: DigestRow | null }
  | { readonly dialog: "remove"; readonly row: DigestRow };

/** Digests for clients: looked at, sent, changed. */
export function DigestsPanel(): ReactNode {
  const { t } = useSpeech();
  const query = useDigests();
  const send = useSendDigest();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <Panel
      title={t("digest.title")}
      actions={
        <button
          type="button"
          className="button"
          onClick={() => setOpen({ dialog: "edit", row: null })}
        >
          {t("digest.make")}
        </button>
      }
    >
      <p className="soft">{t("digest.intro")}</p>
      {send.error ? <Failure error={send.error} /> : null}
      <Answered query={query} skeleton={<Skeleton className="skeleton-line" />}>
        {({ items, mail }) => (
          <>
            {mail ? null : <p className="soft">{t("digest.noMail")}</p>}
            {items.length === 0 ? (
              <p className="soft">{t("digest.none")}</p>
            ) : (
              <ul className="jobs">
                {items.map((row) => (
                  <DigestItem
                    key={row.id}
                    row={row}
                    sends={mail && row.recipients.length > 0}
                    busy={send.isPending}
                    onSend={() => send.mutate(row.id)}
                    onEdit={() => setOpen({ dialog: "edit", row })}
                    onRemove={() => setOpen({ dialog: "remove", row })}
                  />
                ))}
              </ul>
            )}
          </>
        )}
      </Answered>
      {open?.dialog === "edit" ? <DigestDialog row={open.row} onClose={close} /> : null}
      {open?.dialog === "remove" ? <RemoveDialog row={open.row} onClose={close} /> : null}
    </Panel>
  );
}

function DigestItem(props: {
  readonly row: DigestRow;
  readonly sends: boolean;
  readonly busy: boolean;
  readonly onSend: () => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { row } = props;
  return (
    <li data-digest={row.id}>
      <div className="job-what">
        <strong>
          <bdi>{row.title}</bdi>
        </strong>
        <p className="label-soft">
          {row.accounts.length === 0 ? t("digest.allAccounts") : formats.list(row.accounts)}
          {row.recipients.length === 0 ? null : (
            <>
              {" · "}
              <bdi>{formats.list(row.recipients)}</bdi>
            </>
          )}
          {row.nextAt === null
            ? null
            : ` · ${t("digest.next", { when: formats.instant(row.nextAt) })}`}
        </p>
      </div>
      <div className="buttons">
        <a className="button" href={digestFile(row.id)} target="_blank" rel="noreferrer">
          {t("digest.look")}
        </a>
        {props.sends ? (
          <button
            type="button"
            className="button"
            aria-label={`${t("digest.send")}: ${row.title}`}
            aria-disabled={props.busy}
            onClick={props.onSend}
          >
            {t("digest.send")}
          </button>
        ) : null}
        <button
          type="button"
          className="button"
          aria-label={`${t("digest.change")}: ${row.title}`}
          onClick={props.onEdit}
        >
          {t("digest.change")}
        </button>
        <button
          type="button"
          className="button"
          aria-label={`${t("digest.remove")}: ${row.title}`}
          onClick={props.onRemove}
        >
          {t("digest.remove")}
        </button>
      </div>
    </li>
  );
}

function RemoveDialog(props: { readonly row: DigestRow; readonly onClose: () => void }): ReactNode {
  const { t } = useSpeech();
  const remove = useRemoveDigest();
  return (
    <FormDialog
      grave
      title={t("digest.removeTitle", { title: props.row.title })}
      deed={t("digest.remove")}
      busy={remove.isPending}
      error={remove.error}
      onClose={props.onClose}
      onSubmit={() => remove.mutate(props.row.id, { onSuccess: props.onClose })}
    >
      <p>{t("digest.removeHelp")}</p>
    </FormDialog>
  );
}
