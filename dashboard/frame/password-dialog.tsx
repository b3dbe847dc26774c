import { type ReactNode, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { DoneDialog } from "../parts/done-dialog.tsx";
import { TextField } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { Icon } from "../parts/icon.tsx";
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
  const set = useSetPassword();
  const wait = useWait(set.error);
  // Saving makes a first password one that could be changed; the dialog stays what it was.
  const [asksCurrent] = useState(props.hasPassword);
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [short, setShort] = useState(false);
  const least = formats.count(LEAST_PASSWORD);
  const wrong = set.error?.problem?.code === "WRONG_PASSWORD";
  const submit = () => {
    setShort(password.length < LEAST_PASSWORD);
    if (password.length < LEAST_PASSWORD) return;
    set.mutate({ password, ...(asksCurrent ? { current } : {}) });
  };
  const title = t(asksCurrent ? "account.password" : "account.passwordSet");
  if (set.isSuccess)
    return (
      <DoneDialog title={title} onClose={props.onClose}>
        <p role="status" className="done">
          <Icon name="check" />
          {t("password.saved")}
        </p>
      </DoneDialog>
    );
  return (
    <FormDialog
      title={title}
      deed={wait > 0 ? n("signIn.wait", wait) : t("password.save")}
      busy={set.isPending || wait > 0}
      error={wrong ? null : set.error}
      onClose={props.onClose}
      onSubmit={submit}
    >
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
    </FormDialog>
  );
}
