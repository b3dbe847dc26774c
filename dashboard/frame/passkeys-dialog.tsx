import { type ReactNode, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { TextField } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { Answered, Skeleton } from "../parts/panel.tsx";
import { Refusal } from "../query/http.ts";
import { useAddPasskey, usePasskeys, useRemovePasskey } from "../query/people.ts";

/** One's own passkeys: those there are, and a new one on this device. */
export function PasskeysDialog(props: { readonly onClose: () => void }): ReactNode {
  const { t, formats } = useSpeech();
  const passkeys = usePasskeys();
  const add = useAddPasskey();
  const forget = useRemovePasskey();
  const [name, setName] = useState("");
  const [nameless, setNameless] = useState(false);
  const submit = () => {
    const called = name.trim();
    setNameless(called === "");
    if (called !== "") add.mutate(called, { onSuccess: () => setName("") });
  };
  const refusal = add.error instanceof Refusal ? add.error : forget.error;
  return (
    <FormDialog
      title={t("passkeys.title")}
      deed={t(add.isPending ? "passkeys.adding" : "passkeys.add")}
      busy={add.isPending}
      error={refusal}
      onClose={props.onClose}
      onSubmit={submit}
    >
      <p className="soft">{t("passkeys.means")}</p>
      <Answered query={passkeys} skeleton={<Skeleton className="skeleton-filters" />}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t("passkeys.none")}</p>
          ) : (
            <ul className="passkeys">
              {items.map((one) => (
                <li key={one.id}>
                  <span>
                    <bdi>{one.name}</bdi>
                    <span className="label-soft">
                      {" · "}
                      {one.usedAt === null
                        ? t("passkeys.added", { time: formats.instant(one.addedAt) })
                        : t("passkeys.used", { time: formats.instant(one.usedAt) })}
                    </span>
                  </span>
                  <button
                    type="button"
                    className="button"
                    disabled={forget.isPending}
                    onClick={() => forget.mutate(one.id)}
                  >
                    {t("passkeys.remove", { name: one.name })}
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      <TextField
        label={t("passkeys.name")}
        autoComplete="off"
        value={name}
        fault={nameless ? t("passkeys.needsName") : null}
        onChange={(value) => {
          setName(value);
          if (value.trim() !== "") setNameless(false);
        }}
      />
      {add.error !== null && !(add.error instanceof Refusal) ? (
        <p className="bad" role="alert">
          {t("passkeys.failed")}
        </p>
      ) : null}
    </FormDialog>
  );
}
