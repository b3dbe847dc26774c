import { type ReactNode, useState } from "react";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import type { Template, TemplateUse } from "../../src/contract/templates.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { Answered, Failure, Panel, Skeleton } from "../parts/panel.tsx";
import { useDefinitions } from "../query/definitions.ts";
import { useFacets } from "../query/overview.ts";
import { useRemoveTemplate, useTakeTemplateBack, useTemplates } from "../query/templates.ts";
import { TemplateApply } from "./template-apply.tsx";
import { TemplateDialog } from "./template-dialog.tsx";
import { settingName, settingText, TEMPLATE_SETTINGS } from "./template-value.ts";
import "../styles/templates.css";

type Open =
  | { readonly dialog: "edit"; readonly template: Template | null }
  | { readonly dialog: "apply"; readonly template: Template };

/** Settings under names, to be given to many accounts at once, and where that was done. */
export function TemplatesPart(): ReactNode {
  const { t } = useSpeech();
  const query = useTemplates();
  const definitions = useDefinitions().data;
  const accounts: FacetsAnswer["accounts"] = useFacets().data?.accounts ?? [];
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <Answered query={query} stacked skeleton={<Skeleton className="skeleton-chart" />}>
      {({ items, uses }) => (
        <>
          <Panel
            title={t("settings.tab.templates")}
            actions={
              <button
                type="button"
                className="button"
                disabled={definitions === undefined}
                onClick={() => setOpen({ dialog: "edit", template: null })}
              >
                {t("templates.make")}
              </button>
            }
          >
            <p className="soft">{t("templates.intro")}</p>
            <ul className="templates">
              {items.map((template) => (
                <Item
                  key={template.id}
                  template={template}
                  onApply={() => setOpen({ dialog: "apply", template })}
                  onChange={() => setOpen({ dialog: "edit", template })}
                />
              ))}
            </ul>
          </Panel>
          {uses.length === 0 ? null : (
            <Panel title={t("templates.uses")}>
              <p className="soft">{t("templates.usesHelp")}</p>
              <ul className="templates">
                {uses.map((use) => (
                  <Use key={use.key} use={use} />
                ))}
              </ul>
            </Panel>
          )}
          {open?.dialog === "edit" && definitions !== undefined ? (
            <TemplateDialog
              answer={definitions}
              accounts={accounts.map(({ id }) => id)}
              template={open.template}
              onClose={close}
            />
          ) : null}
          {open?.dialog === "apply" ? (
            <TemplateApply template={open.template} accounts={accounts} onClose={close} />
          ) : null}
        </>
      )}
    </Answered>
  );
}

function Item(props: {
  readonly template: Template;
  readonly onApply: () => void;
  readonly onChange: () => void;
}): ReactNode {
  const speech = useSpeech();
  const { t, formats } = speech;
  const personName = usePersonName();
  const { template } = props;
  const gone = useRemoveTemplate();
  const said = TEMPLATE_SETTINGS.filter((one) => template.settings[one] !== undefined);
  return (
    <li data-template={template.name}>
      <div>
        <strong>
          <bdi>{template.name}</bdi>
        </strong>
        <p>
          {said.map((one) => (
            <span key={one} className="template-said">
              {settingName(speech, one)}:{" "}
              <bdi>{settingText(speech, one, template.settings[one])}</bdi>
            </span>
          ))}
        </p>
        <p className="label-soft">
          {t("templates.savedBy", {
            person: personName(template.by),
            when: formats.instant(template.savedAt),
          })}
        </p>
        {gone.error ? <Failure error={gone.error} /> : null}
      </div>
      <div className="buttons">
        <button type="button" className="button button-main" onClick={props.onApply}>
          {t("templates.apply")}
        </button>
        <button type="button" className="button" onClick={props.onChange}>
          {t("templates.change")}
        </button>
        <button
          type="button"
          className="button"
          aria-label={`${t("templates.remove")}: ${template.name}`}
          disabled={gone.isPending}
          onClick={() => gone.mutate(template.id)}
        >
          {t("templates.remove")}
        </button>
      </div>
    </li>
  );
}

function Use(props: { readonly use: TemplateUse }): ReactNode {
  const { t, n, formats } = useSpeech();
  const personName = usePersonName();
  const { use } = props;
  const back = useTakeTemplateBack();
  return (
    <li data-use={use.name}>
      <div>
        <strong>
          <bdi>{use.name}</bdi>
        </strong>{" "}
        <span title={formats.list(use.accounts)}>
          {n("templates.inAccounts", use.accounts.length)}
        </span>
        <p className="label-soft">
          {t("templates.usedBy", { person: personName(use.by), when: formats.instant(use.at) })}
        </p>
        {back.error ? <Failure error={back.error} /> : null}
      </div>
      <div className="buttons">
        <button
          type="button"
          className="button"
          aria-label={`${t("templates.takeBack")}: ${use.name}`}
          disabled={back.isPending}
          onClick={() => back.mutate(use.key)}
        >
          {back.isPending ? t("phase.building") : t("templates.takeBack")}
        </button>
      </div>
    </li>
  );
}
