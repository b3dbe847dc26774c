import { type ReactNode, useId, useState } from "react";
import type { LevelQuestion, PreviewAnswer } from "../../src/contract/imports.ts";
import { decimalsOf } from "../format/currency.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Failure } from "../parts/panel.tsx";
import { ServerText } from "../parts/server-text.tsx";
import { useCurrencyOf } from "../query/definitions.ts";
import type { Refusal } from "../query/http.ts";
import { FileCard } from "./file-card.tsx";
import { type Level, useImportFlow } from "./flow-state.tsx";

/** What the files hold, what is still to be answered, and the button that makes it count. */
export function PreviewStep(props: {
  readonly answer: PreviewAnswer;
  readonly error: Refusal | null;
}): ReactNode {
  const { t, n } = useSpeech();
  const { close, commit, draft } = useImportFlow();
  const { answer } = props;
  const [level, setLevel] = useState<Level | null>(null);
  const [skip, setSkip] = useState(false);
  const [save, setSave] = useState(true);
  const problems = answer.files.filter((file) => file.problem !== null).length;
  const good = answer.files.length - problems;
  const levelOpen = answer.levelQuestion !== null && level === null;
  const ready = good > 0 && !levelOpen && (problems === 0 || skip);
  return (
    <Dialog
      kind="drawer"
      title={t("flow.title")}
      onClose={close}
      footer={
        <>
          {problems > 0 && good > 0 ? (
            <label className="check">
              <input
                type="checkbox"
                checked={skip}
                onChange={(event) => setSkip(event.target.checked)}
              />
              {t("flow.skipProblems")}
            </label>
          ) : null}
          {Object.keys(draft.mappings).length > 0 ? (
            <label className="check">
              <input
                type="checkbox"
                checked={save}
                onChange={(event) => setSave(event.target.checked)}
              />
              {t("flow.saveMappings")}
            </label>
          ) : null}
          {ready ? null : (
            <span className="soft">{t(good === 0 ? "flow.nothingToImport" : "flow.notReady")}</span>
          )}
          <span className="grow" />
          <button type="button" className="button" onClick={close}>
            {t("flow.discard")}
          </button>
          <button
            type="button"
            className="button button-main"
            disabled={!ready}
            onClick={() => commit({ levelCounts: level, skipProblems: skip, saveMappings: save })}
          >
            {t("flow.commit")}
          </button>
        </>
      }
    >
      <p className="soft">{t("flow.preview")}</p>
      {props.error ? <Failure error={props.error} /> : null}
      {problems > 0 ? (
        <p className="bad" role="status">
          {n("count.filesWithProblem", problems)}
        </p>
      ) : null}
      {answer.levelQuestion ? (
        <LevelChoice question={answer.levelQuestion} value={level} onChange={setLevel} />
      ) : null}
      {answer.files.map((file) => (
        <FileCard key={file.name} file={file} />
      ))}
      {answer.skipped.length > 0 ? (
        <section>
          <h3 className="label-soft">{t("flow.skipped")}</h3>
          <ul className="plain">
            {answer.skipped.map((item) => (
              <li key={item.name}>
                <bdi>{item.name}</bdi>
                {" · "}
                <ServerText className="soft" text={item.reason} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <AccountField />
    </Dialog>
  );
}

function AccountField(): ReactNode {
  const { t } = useSpeech();
  const { draft, readAgain } = useImportFlow();
  const [account, setAccount] = useState(draft.account);
  const hint = useId();
  return (
    <form
      className="account-field"
      onSubmit={(event) => {
        event.preventDefault();
        readAgain({ account });
      }}
    >
      <label>
        <span>{t("flow.account")}</span>
        <input
          className="input"
          dir="auto"
          maxLength={200}
          value={account}
          aria-describedby={hint}
          onChange={(event) => setAccount(event.target.value)}
        />
      </label>
      <button type="submit" className="button" disabled={account.trim() === draft.account.trim()}>
        {t("flow.readAgain")}
      </button>
      <span id={hint} className="soft">
        {t("flow.accountHint")}
      </span>
    </form>
  );
}

const LEVELS: readonly Level[] = ["campaign", "ad_set", "ad"];

function LevelChoice(props: {
  readonly question: LevelQuestion;
  readonly value: Level | null;
  readonly onChange: (level: Level) => void;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const name = useId();
  const { question } = props;
  const { draft } = useImportFlow();
  const currency = useCurrencyOf(question.account ?? draft.account);
  return (
    <fieldset className="question">
      <legend>{t("flow.levelQuestion")}</legend>
      <p>
        {t("flow.levelBody")} {n("count.campaignDays", question.campaignDays)}
      </p>
      {question.levels.map((item) => {
        const level = LEVELS.find((value) => value === item.level);
        if (level === undefined) return null;
        return (
          <label key={item.level} className="check">
            <input
              type="radio"
              name={name}
              checked={props.value === level}
              onChange={() => props.onChange(level)}
            />
            {t(`flow.level.${level}`)}
            <span className="soft">
              {t("flow.levelFacts", {
                rows: formats.count(item.rows),
                spend: formats.money(item.spendMinor, {
                  currency,
                  currencyDecimals: decimalsOf(currency),
                }),
              })}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
