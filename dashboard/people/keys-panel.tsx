import { type ReactNode, useState } from "react";
import type { KeyAnswer, KeyRow } from "../../src/contract/people.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { useRoleWords } from "../i18n/role-words.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import { Answered, Panel, Skeleton, useNow } from "../parts/panel.tsx";
import { useKeys, useRevokeKey } from "../query/people.ts";
import { KeyDialog, SecretDialog } from "./key-dialog.tsx";
import { keyState } from "./key-state.ts";

type Open =
  | { readonly dialog: "make" }
  | { readonly dialog: "secret"; readonly name: string; readonly made: KeyAnswer }
  | { readonly dialog: "revoke"; readonly key: KeyRow };

/** Keys for programs: those in force first. */
export function KeysPanel(): ReactNode {
  const { t } = useSpeech();
  const query = useKeys();
  const now = useNow(true);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <Panel
      title={t("keyring.title")}
      actions={
        <button type="button" className="button" onClick={() => setOpen({ dialog: "make" })}>
          {t("keyring.make")}
        </button>
      }
    >
      <p className="soft">{t("keyring.intro")}</p>
      <Answered query={query} skeleton={<Skeleton className="skeleton-line" />}>
        {({ items }) => {
          const inForce = items.filter((key) => keyState(key, now) === "inForce");
          const others = items.filter((key) => !inForce.includes(key));
          if (items.length === 0) return <p className="soft">{t("keyring.none")}</p>;
          return (
            <ul className="people">
              {[...inForce, ...others].map((key) => (
                <KeyItem
                  key={key.id}
                  row={key}
                  state={keyState(key, now)}
                  onRevoke={() => setOpen({ dialog: "revoke", key })}
                />
              ))}
            </ul>
          );
        }}
      </Answered>
      {open?.dialog === "make" ? (
        <KeyDialog
          onClose={close}
          onMade={(name, made) => setOpen({ dialog: "secret", name, made })}
        />
      ) : null}
      {open?.dialog === "secret" ? <SecretDialog {...open} onClose={close} /> : null}
      {open?.dialog === "revoke" ? <RevokeDialog row={open.key} onClose={close} /> : null}
    </Panel>
  );
}

const BADGES = { inForce: "badge badge-good", ended: "badge", revoked: "badge" } as const;

function KeyItem(props: {
  readonly row: KeyRow;
  readonly state: ReturnType<typeof keyState>;
  readonly onRevoke: () => void;
}): ReactNode {
  const { t, formats } = useSpeech();
  const personName = usePersonName();
  const roleWords = useRoleWords();
  const { row, state } = props;
  return (
    <li data-key={row.id} data-state={state}>
      <div className="person-who">
        <strong>
          <bdi>{row.name}</bdi>
        </strong>{" "}
        <span className={BADGES[state]}>{t(`keyring.${state}`)}</span>
        <p className="label-soft">
          {t("keyring.madeBy", {
            person: personName(row.madeBy),
            when: formats.instant(row.addedAt),
          })}
        </p>
      </div>
      <ul className="person-roles">
        {roleWords(row.grants).map((words) => (
          <li key={words}>
            <bdi>{words}</bdi>
          </li>
        ))}
      </ul>
      <div className="person-ways">
        <p>{t("keyring.until", { when: formats.instant(row.expiresAt) })}</p>
        <p className="label-soft">
          {row.usedAt === null
            ? t("keyring.unused")
            : t("keyring.used", { when: formats.instant(row.usedAt) })}
        </p>
      </div>
      <div className="buttons person-deeds">
        {state === "inForce" ? (
          <button
            type="button"
            className="button"
            aria-label={`${t("keyring.revoke")}: ${row.name}`}
            onClick={props.onRevoke}
          >
            <Icon name="close" />
            {t("keyring.revoke")}
          </button>
        ) : null}
      </div>
    </li>
  );
}

function RevokeDialog(props: { readonly row: KeyRow; readonly onClose: () => void }): ReactNode {
  const { t } = useSpeech();
  const revoke = useRevokeKey();
  const { row, onClose } = props;
  return (
    <FormDialog
      grave
      title={t("keyring.revokeTitle", { name: row.name })}
      deed={t("keyring.revoke")}
      busy={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onSubmit={() => revoke.mutate(row.id, { onSuccess: onClose })}
    >
      <p>{t("keyring.revokeHelp")}</p>
    </FormDialog>
  );
}
