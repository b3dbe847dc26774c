import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TextField } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import { Failure } from "../parts/panel.tsx";
import { useWait } from "../parts/use-wait.ts";
import { useSetPassword } from "../query/people.ts";
import { LEAST_PASSWORD } from "./least-password.ts";

/** Sets or changes one's own password. */
export function PasswordDialog(props: {
  readonly contact: string;
  readonly hasPassword: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const set = useSetPassword();
  const wait = useWait(set.error);
  // Saving makes a first password one that could be changed; the dialog stays what it was.
  const [asksCurrent] = useState(props.hasPassword);
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [short, setShort] = useState(false);
  const least = formats.count(LEAST_PASSWORD);
  const wrong = set.error?.problem?.code === "WRONG_PASSWORD";
  useEffect(() => form.current?.querySelector<HTMLElement>('[type="password"]')?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (set.isPending || wait > 0) return;
    setShort(password.length < LEAST_PASSWORD);
    if (password.length < LEAST_PASSWORD) return;
    set.mutate({ password, ...(asksCurrent ? { current } : {}) });
  };
  const title = t(asksCurrent ? "account.password" : "account.passwordSet");
  if (set.isSuccess)
    return (
      <Dialog kind="box" title={title} onClose={props.onClose}>
        <p role="status" className="done">
          <Icon name="check" />
          {t("password.saved")}
        </p>
        <button type="button" className="button button-main" onClick={props.onClose}>
          {t("people.done")}
        </button>
      </Dialog>
    );
  return (
    <Dialog
      kind="box"
      title={title}
      onClose={props.onClose}
      footer={
        <>
          <button
            type="submit"
            form={id}
            className="button button-main"
            aria-disabled={set.isPending || wait > 0}
          >
            {wait > 0 ? n("signIn.wait", wait) : t("password.save")}
          </button>
          <button type="button" className="button" onClick={props.onClose}>
            {t("action.cancel")}
          </button>
        </>
      }
    >
      <form ref={form} id={id} noValidate className="fields" onSubmit={submit}>
        <p className="soft">{t("password.with", { contact: props.contact })}</p>
        {/* Programs that keep passwords look for whose it is. */}
        <input type="text" hidden readOnly autoComplete="username" value={props.contact} />
        {asksCurrent ? (
          <TextField
            label={t("password.current")}
            type="password"
            value={current}
            autoComplete="current-password"
            ltr
            fault={wrong ? t("password.wrong") : null}
            onChange={setCurrent}
          />
        ) : null}
        <TextField
          label={t("password.new")}
          type="password"
          value={password}
          autoComplete="new-password"
          ltr
          help={t("password.rule", { n: least })}
          fault={short ? t("password.short", { n: least }) : null}
          onChange={(value) => {
            setPassword(value);
            if (value.length >= LEAST_PASSWORD) setShort(false);
          }}
        />
        {set.error && !wrong ? <Failure error={set.error} /> : null}
      </form>
    </Dialog>
  );
}
