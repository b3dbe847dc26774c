import { type ReactNode, useId, useState } from "react";
import type { Question } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";
import { isTextKey } from "../i18n/messages.ts";
import { usePersonName } from "../i18n/person.ts";
import { Failure } from "../parts/panel.tsx";
import { type AnswerValue, useAnswerQuestion } from "../query/explore.ts";
import { answersOf, FREE, freeText, freeValue, sameValue } from "./answers.ts";
import { FreeField } from "./free-field.tsx";
import { TabLink } from "./tab-link.tsx";
import { useTold } from "./told.ts";

/** More answers than this are a list to look through, not to read. */
const MANY = 6;

/** One question with its evidence, what holds until somebody answers, and the answers to choose from. */
export function QuestionCard(props: {
  readonly question: Question;
  readonly money: Currency;
  readonly may: boolean;
}): ReactNode {
  const { t, formats } = useSpeech();
  const told = useTold();
  const personName = usePersonName();
  const group = useId();
  const { question, money, may } = props;
  const { inForce, answered } = question;
  const answers = answersOf(question);
  const at = answers.findIndex((one) => sameValue(one.value, inForce.value));
  const inForceNow = {
    picked: at < 0 ? FREE : at,
    text: at < 0 ? freeText(question, inForce.value) : "",
    of: JSON.stringify(inForce.value),
  } as const;
  const [draft, setDraft] = useState<{ picked: number | typeof FREE; text: string; of: string }>(
    inForceNow,
  );
  // Another answer came into force, here or elsewhere: the draft was about the former one.
  if (draft.of !== inForceNow.of) setDraft(inForceNow);
  const { picked, text } = draft;
  const answer = useAnswerQuestion();
  const value: AnswerValue | undefined =
    picked === FREE ? freeValue(question, text) : answers[picked]?.value;
  const changed = value !== undefined && !sameValue(value, inForce.value);
  // To leave a finding as it is until later is no answer; to say that a definition is right is one.
  const confirmable = answered === null && question.finding === null;
  const setting = `settings.${question.setting}`;
  return (
    <form
      className="panel question-card"
      data-question={question.id}
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== undefined) answer.mutate({ id: question.id, value });
      }}
    >
      <fieldset className="bare" disabled={!may || answer.isPending}>
        <legend>
          <h3>{told(question.text)}</h3>
        </legend>
        <div className="question-both">
          <div className="question-why">
            {question.evidence.map((one) => (
              <p key={one.en}>{told(one)}</p>
            ))}
            <p className="soft">{told(question.why)}</p>
            <p className="label-soft">
              {question.moneyMinor ? (
                <>
                  {t("explore.moneyOf", { money: formats.moneyShort(question.moneyMinor, money) })}
                  {" · "}
                </>
              ) : null}
              {question.setting === null
                ? t("explore.decidesTreatment")
                : isTextKey(setting)
                  ? t("explore.decidesSetting", { setting: t(setting) })
                  : t("explore.decidesDefinition")}
              {question.findings.length > 0 ? (
                <>
                  {" · "}
                  <TabLink tab="health">{t("explore.seeFinding")}</TabLink>
                </>
              ) : null}
            </p>
          </div>
          <div className={`question-answers ${answers.length > MANY ? "question-many" : ""}`}>
            {answers.map((one, i) => (
              <label key={JSON.stringify(one.value)} className="check">
                <input
                  type="radio"
                  name={group}
                  checked={picked === i}
                  onChange={() => setDraft({ ...draft, picked: i })}
                />
                <span>
                  {one.label === null ? t("explore.nothingChanged") : told(one.label)}{" "}
                  {sameValue(one.value, inForce.value) ? (
                    <span className="badge">
                      {t(answered ? "explore.holds" : "explore.default")}
                    </span>
                  ) : null}
                </span>
              </label>
            ))}
            {question.free === "none" ? null : (
              <div className="check free">
                <input
                  type="radio"
                  name={group}
                  aria-label={t("explore.anotherAnswer")}
                  checked={picked === FREE}
                  onChange={() => setDraft({ ...draft, picked: FREE })}
                />
                <FreeField
                  question={question}
                  money={money}
                  text={text}
                  onChange={(next) => setDraft({ ...draft, picked: FREE, text: next })}
                />
                {at < 0 ? (
                  <span className="badge">{t(answered ? "explore.holds" : "explore.default")}</span>
                ) : null}
              </div>
            )}
            <div className="question-foot">
              {may ? (
                <button
                  type="submit"
                  className={`button ${changed ? "button-main" : ""}`}
                  disabled={value === undefined || (!changed && !confirmable)}
                >
                  {t(
                    answer.isPending
                      ? "explore.answering"
                      : changed || !confirmable
                        ? "explore.answer"
                        : "explore.confirm",
                  )}
                </button>
              ) : null}
              {answered ? (
                <span className="soft" data-answered={answered.by}>
                  {t("explore.answeredBy", {
                    person: personName(answered.by),
                    when: formats.instant(answered.at),
                  })}
                </span>
              ) : null}
            </div>
          </div>
        </div>
      </fieldset>
      {answer.error ? <Failure error={answer.error} /> : null}
    </form>
  );
}
