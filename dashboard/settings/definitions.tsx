import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { DefinitionsAnswer } from "../../src/contract/server.ts";
import { useSpeech } from "../i18n/language.tsx";
import { isTextKey } from "../i18n/messages.ts";
import { Icon } from "../parts/icon.tsx";
import { Answered, Failure, Panel, Skeleton } from "../parts/panel.tsx";
import { useDefine, useDefinitions } from "../query/definitions.ts";
import { useMayEverywhere } from "../query/may.ts";
import { HOME } from "../route/address.ts";
import { useLink } from "../route/use-address.ts";
import { AccountSettings } from "./account-settings.tsx";
import { DefinitionFields } from "./definition-fields.tsx";
import { changeOf, countOf, type Draft, NO_DRAFT, SETTING_NAMES } from "./draft.ts";
import { isAbout } from "./setting.tsx";
import { StageLegend } from "./stage-select.tsx";
import { StatusList } from "./status-list.tsx";

const FIRST_HOUR = { ...HOME, own: { first: "money" } };

/** What words and numbers mean here, who said so, and what single accounts set otherwise. */
export function Definitions(): ReactNode {
  const { t } = useSpeech();
  const query = useDefinitions();
  return (
    <>
      <p className="soft">{t("settings.intro")}</p>
      <Answered query={query} stacked skeleton={<Skeleton className="skeleton-chart" />}>
        {(answer) => (
          <>
            <DefinitionsForm answer={answer} />
            <AccountSettings answer={answer} />
            <AskAgain />
          </>
        )}
      </Answered>
    </>
  );
}

/** The way back to the questions of the first hour, for those who may answer them. */
function AskAgain(): ReactNode {
  const { t } = useSpeech();
  const link = useLink(FIRST_HOUR);
  if (!useMayEverywhere("define")) return null;
  return (
    <p>
      <a {...link} className="button">
        {t("first.again")}
      </a>
    </p>
  );
}

function DefinitionsForm(props: { readonly answer: DefinitionsAnswer }): ReactNode {
  const { t, n } = useSpeech();
  const { answer } = props;
  const mayDefine = useMayEverywhere("define");
  const define = useDefine();
  const [draft, setDraft] = useState<Draft>(NO_DRAFT);
  const change = changeOf(draft, answer);
  const count = countOf(change);
  const faults = define.error?.problem?.faults ?? [];
  const atFields =
    faults.length > 0 &&
    faults.every((fault) => SETTING_NAMES.some((name) => isAbout(fault, name)));
  const edit = (next: Draft) => {
    setDraft(next);
    define.reset();
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (count > 0) define.mutate(change, { onSuccess: () => setDraft(NO_DRAFT) });
  };
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (atFields) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [atFields]);
  return (
    <form ref={form} noValidate className="stack settings-form" onSubmit={save}>
      {mayDefine ? null : <p className="soft">{t("settings.readOnly")}</p>}
      <fieldset className="bare settings" disabled={!mayDefine || define.isPending}>
        <DefinitionFields
          answer={answer}
          draft={draft}
          faults={faults}
          onChange={(settings) => edit({ ...draft, settings: { ...draft.settings, ...settings } })}
        />
        <Panel title={t("settings.statuses")}>
          <p className="soft">{t("settings.statusesHelp")}</p>
          <StageLegend />
          <StatusList
            answer={answer}
            chosen={draft.stages}
            onChange={(status, stage) => {
              const stages = new Map(draft.stages);
              if (stage === null) stages.delete(status);
              else stages.set(status, stage);
              edit({ ...draft, stages });
            }}
          />
        </Panel>
      </fieldset>
      <AccountsThatDiffer accounts={answer.accounts} />
      <p className="label-soft">
        {t("formula.version")}: <code dir="ltr">{answer.version}</code>
      </p>
      {mayDefine ? (
        <div className="settings-foot" data-idle={count === 0 && define.isIdle}>
          {define.error && !atFields ? <Failure error={define.error} /> : null}
          <button
            type="submit"
            className="button button-main"
            disabled={count === 0 || define.isPending}
          >
            {define.isPending ? t("phase.building") : t("action.save")}
          </button>
          <button
            type="button"
            className="button"
            disabled={count === 0 || define.isPending}
            onClick={() => edit(NO_DRAFT)}
          >
            {t("action.discard")}
          </button>
          <p role="status">
            {atFields ? (
              <span className="bad">{t("settings.refusedFields")}</span>
            ) : count > 0 ? (
              n("settings.unsaved", count)
            ) : define.isSuccess ? (
              <span className="done">
                <Icon name="check" />
                {t("settings.saved")}
              </span>
            ) : null}
          </p>
        </div>
      ) : null}
    </form>
  );
}

/** Accounts that set something for themselves: there the values above do not hold. */
function AccountsThatDiffer(props: {
  readonly accounts: DefinitionsAnswer["accounts"];
}): ReactNode {
  const { t, formats } = useSpeech();
  const accounts = Object.entries(props.accounts);
  if (accounts.length === 0) return null;
  const nameOf = (setting: string) => {
    const key = setting === "statusMap" ? "settings.statuses" : `settings.${setting}`;
    return isTextKey(key) ? t(key) : setting;
  };
  return (
    <Panel title={t("settings.accounts")}>
      <p className="soft">{t("settings.accountsHelp")}</p>
      <dl className="facts-list">
        {accounts.map(([account, settings]) => (
          <div key={account}>
            <dt>
              <bdi>{account}</bdi>
            </dt>
            <dd>{formats.list(Object.keys(settings).map(nameOf))}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
