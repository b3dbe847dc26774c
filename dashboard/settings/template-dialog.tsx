import { type ReactNode, useState } from "react";
import type { DefinitionsAnswer } from "../../src/contract/server.ts";
import type { Template } from "../../src/contract/templates.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Field, TextField } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useSaveTemplate } from "../query/templates.ts";
import { TemplateFields } from "./template-fields.tsx";
import { TEMPLATE_SETTINGS, type TemplateSettings } from "./template-value.ts";

/** What holds for an account, of what a template can say; its own statuses alone, as the others hold everywhere. */
function takenFrom(answer: DefinitionsAnswer, account: string): TemplateSettings {
  const own = answer.accounts[account];
  const held = { ...answer.default, ...own };
  const plain = Object.fromEntries(
    TEMPLATE_SETTINGS.filter((one) => one !== "statusMap").map((one) => [one, held[one]]),
  ) as TemplateSettings;
  const known = answer.default.statusMap;
  const statuses = Object.entries(own?.statusMap ?? {}).filter(
    ([status, stage]) => known[status] !== stage,
  );
  return statuses.length === 0 ? plain : { ...plain, statusMap: Object.fromEntries(statuses) };
}

/** A template made from an account, or by hand; an old one is changed under its name. */
export function TemplateDialog(props: {
  readonly answer: DefinitionsAnswer;
  readonly accounts: readonly string[];
  readonly template: Template | null;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useSpeech();
  const { answer, template, onClose } = props;
  const save = useSaveTemplate();
  const [name, setName] = useState(template?.name ?? "");
  const [settings, setSettings] = useState<TemplateSettings>(template?.settings ?? {});
  const [source, setSource] = useState("");
  const [asked, setAsked] = useState(false);
  const nothing = Object.keys(settings).length === 0;
  const nameless = name.trim() === "";
  return (
    <FormDialog
      title={t(template === null ? "templates.make" : "templates.change")}
      deed={t("action.save")}
      busy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        setAsked(true);
        if (nameless || nothing) return;
        save.mutate({ name: name.trim(), settings }, { onSuccess: onClose });
      }}
    >
      <TextField
        label={t("templates.name")}
        autoComplete="off"
        value={name}
        onChange={setName}
        fault={asked && nameless ? t("templates.nameless") : null}
      />
      <Field
        label={t("templates.from")}
        help={t("templates.fromHelp")}
        fault={asked && nothing ? t("templates.nothing") : null}
      >
        {(names) => (
          <select
            {...names}
            className="input"
            value={source}
            onChange={(event) => {
              setSource(event.target.value);
              if (event.target.value !== "") setSettings(takenFrom(answer, event.target.value));
            }}
          >
            <option value="">{t("templates.byHand")}</option>
            {props.accounts.map((account) => (
              <option key={account} value={account}>
                {account}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TemplateFields
        key={source}
        held={{ ...answer.default, ...answer.accounts[source] } as DefinitionsAnswer["default"]}
        statuses={answer.statuses.map(({ status }) => status)}
        settings={settings}
        onChange={setSettings}
      />
    </FormDialog>
  );
}
