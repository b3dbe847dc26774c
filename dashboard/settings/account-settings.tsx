import { type FormEvent, type ReactNode, useMemo, useState } from "react";
import type { DefinitionsAnswer } from "../../src/contract/server.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { Failure, Panel } from "../parts/panel.tsx";
import { type AccountChange, useDefineFor } from "../query/definitions.ts";
import { useMayEverywhere } from "../query/may.ts";
import { useFacets } from "../query/overview.ts";
import { weekdays } from "./choices.ts";
import type { SettingName } from "./draft.ts";
import { type ControlNames, Setting } from "./setting.tsx";
import {
  AssignmentField,
  MinutesField,
  TargetField,
  WorkDaysField,
  WorkHoursField,
} from "./work-fields.tsx";

/** What an account may set for itself here. */
const OWN = [
  "targetCostPerQualified",
  "workDays",
  "workHours",
  "firstContactMinutes",
  "assignment",
] as const satisfies readonly SettingName[];
type Own = Pick<DefinitionsAnswer["default"], (typeof OWN)[number]>;

/** What holds for an account: its own, else that of all. */
function heldBy(answer: DefinitionsAnswer, account: string): Own {
  const all = answer.default;
  const own = answer.accounts[account];
  return {
    targetCostPerQualified: own?.targetCostPerQualified ?? all.targetCostPerQualified,
    workDays: own?.workDays ?? all.workDays,
    workHours: own?.workHours ?? all.workHours,
    firstContactMinutes: own?.firstContactMinutes ?? all.firstContactMinutes,
    assignment: own?.assignment ?? all.assignment,
  };
}

/** Where there are several accounts: what one of them sets otherwise than all. */
export function AccountSettings(props: { readonly answer: DefinitionsAnswer }): ReactNode {
  const { t } = useSpeech();
  const accounts = useFacets().data?.accounts ?? [];
  const may = useMayEverywhere("define");
  const [account, setAccount] = useState("");
  if (!may || accounts.length < 2) return null;
  return (
    <Panel
      title={t("settings.scope")}
      className="settings-form"
      actions={
        <select
          className="input"
          aria-label={t("settings.scope")}
          value={account}
          onChange={(event) => setAccount(event.target.value)}
        >
          <option value="">{t("settings.scope.all")}</option>
          {accounts.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      }
    >
      <p className="soft">{t("settings.scopeHelp")}</p>
      {account === "" ? null : (
        <AccountForm key={account} account={account} answer={props.answer} />
      )}
    </Panel>
  );
}

function AccountForm(props: {
  readonly account: string;
  readonly answer: DefinitionsAnswer;
}): ReactNode {
  const { t, language } = useSpeech();
  const { account, answer } = props;
  const define = useDefineFor(account);
  const days = useMemo(() => weekdays(language), [language]);
  const [draft, setDraft] = useState<Partial<Own>>({});
  const held = heldBy(answer, account);
  const shown: Own = { ...held, ...draft };
  const change = Object.fromEntries(
    OWN.filter((name) => JSON.stringify(shown[name]) !== JSON.stringify(held[name])).map((name) => [
      name,
      shown[name],
    ]),
  ) as AccountChange;
  const count = Object.keys(change).length;
  const edit = (part: Partial<Own>) => {
    setDraft({ ...draft, ...part });
    define.reset();
  };
  const setting = (name: (typeof OWN)[number], control: (names: ControlNames) => ReactNode) => (
    <Setting
      key={name}
      name={name}
      origin={null}
      faults={[]}
      several={name === "workDays" || name === "workHours"}
    >
      {control}
    </Setting>
  );
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (count > 0) define.mutate(change, { onSuccess: () => setDraft({}) });
      }}
    >
      <fieldset className="bare settings" disabled={define.isPending}>
        {setting("targetCostPerQualified", (names) => (
          <TargetField
            names={names}
            currency={answer.accounts[account]?.currency ?? answer.default.currency}
            value={shown.targetCostPerQualified}
            onChange={(targetCostPerQualified) => edit({ targetCostPerQualified })}
          />
        ))}
        {setting("workDays", (names) => (
          <WorkDaysField
            names={names}
            days={days}
            value={shown.workDays}
            onChange={(workDays) => edit({ workDays })}
          />
        ))}
        {setting("workHours", (names) => (
          <WorkHoursField
            names={names}
            value={shown.workHours}
            onChange={(workHours) => edit({ workHours })}
          />
        ))}
        {setting("firstContactMinutes", (names) => (
          <MinutesField
            names={names}
            value={shown.firstContactMinutes}
            onChange={(firstContactMinutes) => edit({ firstContactMinutes })}
          />
        ))}
        {setting("assignment", (names) => (
          <AssignmentField
            names={names}
            value={shown.assignment}
            onChange={(assignment) => edit({ assignment })}
          />
        ))}
      </fieldset>
      {define.error ? <Failure error={define.error} /> : null}
      <p>
        <button
          type="submit"
          className="button button-main"
          disabled={count === 0 || define.isPending}
        >
          {define.isPending ? t("phase.building") : t("action.save")}
        </button>{" "}
        <span role="status">
          {count === 0 && define.isSuccess ? (
            <span className="done">
              <Icon name="check" />
              {t("settings.saved")}
            </span>
          ) : null}
        </span>
      </p>
    </form>
  );
}
