import { type ReactNode, useState } from "react";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import type { Template, TemplatePreview } from "../../src/contract/templates.ts";
import { useSpeech } from "../i18n/language.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { ManyOf } from "../parts/many-of.tsx";
import { Answered, Skeleton } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { useApplyTemplate, useTemplatePreview } from "../query/templates.ts";
import { settingName, settingText } from "./template-value.ts";

/** Changes drawn; more are counted. */
const SHOWN = 200;

/** Chooses accounts, shows what a template changes in each, and does it as one change. */
export function TemplateApply(props: {
  readonly template: Template;
  readonly accounts: FacetsAnswer["accounts"];
  readonly onClose: () => void;
}): ReactNode {
  const { t, n } = useSpeech();
  const { template, accounts, onClose } = props;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const apply = useApplyTemplate(template.id);
  const preview = useTemplatePreview(template.id, chosen);
  const count = chosen.length === 0 ? 0 : (preview.data?.changes.length ?? 0);
  return (
    <FormDialog
      title={t("templates.applyOf", { name: template.name })}
      deed={apply.isPending ? t("phase.building") : n("templates.applyTo", chosen.length)}
      busy={apply.isPending || count === 0 || preview.isPlaceholderData}
      error={apply.error}
      onClose={onClose}
      onSubmit={() => apply.mutate(chosen, { onSuccess: onClose })}
    >
      <div className="buttons">
        <ManyOf
          name={t("filters.account")}
          searchName={t("filters.searchAccounts")}
          options={accounts.map((account) => ({ id: account.id, count: account.campaigns }))}
          chosen={chosen}
          onChange={setChosen}
        />
        <button
          type="button"
          className="button"
          onClick={() => setChosen(accounts.map(({ id }) => id))}
        >
          {t("templates.all")}
        </button>
      </div>
      {chosen.length === 0 ? (
        <p className="soft">{t("templates.chooseFirst")}</p>
      ) : (
        <Answered query={preview} skeleton={<Skeleton className="skeleton-line" />}>
          {(answer) => <Changes preview={answer} />}
        </Answered>
      )}
    </FormDialog>
  );
}

function Changes(props: { readonly preview: TemplatePreview }): ReactNode {
  const speech = useSpeech();
  const { t, n } = speech;
  const { changes, unchanged } = props.preview;
  const more = changes.length - SHOWN;
  return (
    <>
      {unchanged.length === 0 ? null : (
        <p className="soft">{n("templates.unchanged", unchanged.length)}</p>
      )}
      {changes.length === 0 ? null : (
        <ScrollBox className="template-changes" name={t("templates.changes")}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("column.account")}</th>
                <th scope="col">{t("templates.setting")}</th>
                <th scope="col">{t("templates.before")}</th>
                <th scope="col">{t("templates.after")}</th>
              </tr>
            </thead>
            <tbody>
              {changes.slice(0, SHOWN).map(({ account, setting, status, before, after }) => (
                <tr key={`${account} ${setting} ${status ?? ""}`}>
                  <th scope="row">
                    <bdi>{account}</bdi>
                  </th>
                  <td>{settingName(speech, setting, status)}</td>
                  <td className="soft">{settingText(speech, setting, before)}</td>
                  <td>{settingText(speech, setting, after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {more > 0 ? <p className="soft">{n("count.restGroups", more)}</p> : null}
    </>
  );
}
