import { type ReactNode, useState } from "react";
import type { KeyAnswer } from "../../src/contract/people.ts";
import { useSpeech } from "../i18n/language.tsx";
import { DoneDialog } from "../parts/done-dialog.tsx";
import { TextField } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { useCreateKey } from "../query/people.ts";
import { CopyField } from "./copy-field.tsx";
import { grantsFrom } from "./grants.ts";
import { GrantsField } from "./grants-field.tsx";
import { useNamedRoles } from "./named-roles.ts";

/** Days after which a key ends, to choose from. */
const SPANS = [30, 90, 365] as const;
type Span = `${(typeof SPANS)[number]}`;

const NOTHING = { name: "", chosen: new Map() };

/** Makes a key: what for, which roles, until when. */
export function KeyDialog(props: {
  readonly onClose: () => void;
  readonly onMade: (name: string, made: KeyAnswer) => void;
}): ReactNode {
  const { t, n } = useSpeech();
  const create = useCreateKey();
  const typed = useNamedRoles(NOTHING, t("keyring.needsName"));
  const [span, setSpan] = useState<Span>("90");
  const { name, chosen } = typed;
  return (
    <FormDialog
      title={t("keyring.make")}
      deed={t("keyring.make")}
      busy={create.isPending}
      error={create.error}
      onClose={props.onClose}
      onSubmit={(form) => {
        if (!typed.check(form)) return;
        create.mutate(
          { name, grants: grantsFrom(chosen), days: Number(span) },
          { onSuccess: (made) => props.onMade(name, made) },
        );
      }}
    >
      <TextField label={t("keyring.name")} {...typed.nameField} />
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
      <GrantsField {...typed.grantsField} />
    </FormDialog>
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
    <DoneDialog title={t("keyring.secretTitle", { name })} onClose={props.onClose}>
      <CopyField label={t("keyring.secret")} value={made.secret} />
      <p>{t("keyring.secretHelp", { when: formats.instant(made.expiresAt) })}</p>
      <p>
        <code dir="ltr">{"Authorization: Bearer lsk_…"}</code>
      </p>
    </DoneDialog>
  );
}
