import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { KeyAnswer } from "../../src/contract/people.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TextField } from "../parts/field.tsx";
import { Failure } from "../parts/panel.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { useCreateKey } from "../query/people.ts";
import { CopyField } from "./copy-field.tsx";
import { type Chosen, grantsFrom } from "./grants.ts";
import { GrantsField } from "./grants-field.tsx";

/** Days after which a key ends, to choose from. */
const SPANS = [30, 90, 365] as const;
type Span = `${(typeof SPANS)[number]}`;

/** Makes a key: what for, which roles, until when. */
export function KeyDialog(props: {
  readonly onClose: () => void;
  readonly onMade: (name: string, made: KeyAnswer) => void;
}): ReactNode {
  const { t, n } = useSpeech();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const create = useCreateKey();
  const [name, setName] = useState("");
  const [span, setSpan] = useState<Span>("90");
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const [tried, setTried] = useState(false);
  const nameless = name.trim() === "";
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (create.isPending) return;
    setTried(true);
    if (nameless) form.current?.querySelector("input")?.focus();
    else if (chosen.size === 0)
      form.current?.querySelector<HTMLElement>('input[type="checkbox"]')?.focus();
    else
      create.mutate(
        { name: name.trim(), grants: grantsFrom(chosen), days: Number(span) },
        { onSuccess: (made) => props.onMade(name.trim(), made) },
      );
  };
  return (
    <Dialog
      kind="box"
      title={t("keyring.make")}
      onClose={props.onClose}
      footer={
        <>
          <button
            type="submit"
            form={id}
            className="button button-main"
            aria-disabled={create.isPending}
          >
            {t("keyring.make")}
          </button>
          <button type="button" className="button" onClick={props.onClose}>
            {t("action.cancel")}
          </button>
        </>
      }
    >
      <form ref={form} id={id} noValidate className="fields" onSubmit={submit}>
        <TextField
          label={t("keyring.name")}
          value={name}
          autoComplete="off"
          fault={tried && nameless ? t("keyring.needsName") : null}
          onChange={setName}
        />
        <div className="field">
          <p aria-hidden="true">{t("keyring.days")}</p>
          <Segmented
            name={t("keyring.days")}
            value={span}
            choices={SPANS.map((days) => ({
              value: `${days}` as const,
              label: n("count.days", days),
            }))}
            onChange={setSpan}
          />
        </div>
        <GrantsField
          chosen={chosen}
          fault={tried && chosen.size === 0 ? t("people.needsRole") : null}
          onChange={setChosen}
        />
        {create.error ? <Failure error={create.error} /> : null}
      </form>
    </Dialog>
  );
}

/** The key itself, shown this once. */
export function SecretDialog(props: {
  readonly name: string;
  readonly made: KeyAnswer;
  readonly onClose: () => void;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { name, made } = props;
  return (
    <Dialog
      kind="box"
      title={t("keyring.secretTitle", { name })}
      onClose={props.onClose}
      footer={
        <button type="button" className="button button-main" onClick={props.onClose}>
          {t("people.done")}
        </button>
      }
    >
      <div className="fields">
        <CopyField label={t("keyring.secret")} value={made.secret} />
        <p>{t("keyring.secretHelp", { when: formats.instant(made.expiresAt) })}</p>
        <p>
          <code dir="ltr">{"Authorization: Bearer lsk_…"}</code>
        </p>
      </div>
    </Dialog>
  );
}
