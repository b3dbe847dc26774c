import { type ReactNode, useState } from "react";
import type { ShareMade, ShareRow } from "../../src/contract/digests.ts";
import { useSpeech } from "../i18n/language.tsx";
import { DoneDialog } from "../parts/done-dialog.tsx";
import { TextField } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { Answered, Failure, Panel, Skeleton } from "../parts/panel.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { CopyField } from "../people/copy-field.tsx";
import { useAddShare, useRevokeShare, useShares } from "../query/jobs.ts";
import { EMPTY_VIEW, isWhole, ViewFields } from "./view-fields.tsx";

/** Days after which a link ends, to choose from. */
const SPANS = [7, 30, 90, 365] as const;
const LEAST_PASSWORD = 6;

type Open = { readonly dialog: "make" } | { readonly dialog: "made"; readonly made: ShareMade };

/** Links that show one view to somebody outside. */
export function SharesPanel(): ReactNode {
  const { t } = useSpeech();
  const query = useShares();
  const revoke = useRevokeShare();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <Panel
      title={t("share.title")}
      actions={
        <button type="button" className="button" onClick={() => setOpen({ dialog: "make" })}>
          {t("share.make")}
        </button>
      }
    >
      <p className="soft">{t("share.intro")}</p>
      {revoke.error ? <Failure error={revoke.error} /> : null}
      <Answered query={query} skeleton={<Skeleton className="skeleton-line" />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t("share.none")}</p>
          ) : (
            <ul className="jobs">
              {items.map((row) => (
                <ShareItem key={row.id} row={row} onRevoke={() => revoke.mutate(row.id)} />
              ))}
            </ul>
          )
        }
      </Answered>
      {open?.dialog === "make" ? (
        <ShareDialog onClose={close} onMade={(made) => setOpen({ dialog: "made", made })} />
      ) : null}
      {open?.dialog === "made" ? <MadeDialog made={open.made} onClose={close} /> : null}
    </Panel>
  );
}

function ShareItem(props: { readonly row: ShareRow; readonly onRevoke: () => void }): ReactNode {
  const { t, n, formats } = useSpeech();
  const { row } = props;
  return (
    <li data-share={row.id}>
      <div className="job-what">
        <strong>
          <bdi>{row.title}</bdi>
        </strong>{" "}
        {row.hasPassword ? <span className="badge">{t("share.locked")}</span> : null}
        <p className="label-soft">
          {row.accounts.length === 0 ? t("digest.allAccounts") : formats.list(row.accounts)} ·{" "}
          {t("share.until", { when: formats.instant(row.expiresAt) })} ·{" "}
          {row.openedAt === null
            ? t("share.unopened")
            : `${n("share.opened", row.opened)}, ${formats.instant(row.openedAt)}`}
        </p>
      </div>
      <div className="buttons">
        <button
          type="button"
          className="button"
          aria-label={`${t("share.revoke")}: ${row.title}`}
          onClick={props.onRevoke}
        >
          {t("share.revoke")}
        </button>
      </div>
    </li>
  );
}

function ShareDialog(props: {
  readonly onClose: () => void;
  readonly onMade: (made: ShareMade) => void;
}): ReactNode {
  const { t, n } = useSpeech();
  const add = useAddShare();
  const [draft, setDraft] = useState(EMPTY_VIEW);
  const [span, setSpan] = useState("30");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const short = password !== "" && password.length < LEAST_PASSWORD;
  return (
    <FormDialog
      title={t("share.make")}
      deed={t("share.make")}
      busy={add.isPending}
      error={add.error}
      onClose={props.onClose}
      onSubmit={() => {
        setTried(true);
        if (!isWhole(draft) || short) return;
        add.mutate(
          { ...draft, expires: Number(span), password: password === "" ? null : password },
          { onSuccess: props.onMade },
        );
      }}
    >
      <ViewFields draft={draft} tried={tried} onChange={setDraft} />
      <div className="field">
        <p aria-hidden="true">{t("share.ends")}</p>
        <Segmented
          name={t("share.ends")}
          value={span}
          choices={SPANS.map((days) => ({ value: `${days}`, label: n("count.days", days) }))}
          onChange={setSpan}
        />
      </div>
      <TextField
        label={t("share.password")}
        help={t("share.passwordHelp")}
        fault={tried && short ? t("share.passwordShort") : null}
        type="password"
        value={password}
        autoComplete="new-password"
        onChange={setPassword}
      />
    </FormDialog>
  );
}

function MadeDialog(props: { readonly made: ShareMade; readonly onClose: () => void }): ReactNode {
  const { t } = useSpeech();
  const { made } = props;
  return (
    <DoneDialog title={t("share.madeTitle", { title: made.share.title })} onClose={props.onClose}>
      <CopyField label={t("share.link")} value={`${location.origin}${made.path}`} />
      <p>{t("share.madeHelp")}</p>
    </DoneDialog>
  );
}
