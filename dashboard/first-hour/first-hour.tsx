import { type ReactNode, useState } from "react";
import type { DefinitionsAnswer } from "../../src/contract/server.ts";
import type { FirstHourAnswer, FirstQuestion } from "../../src/contract/today.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { Answered, Failure, Skeleton } from "../parts/panel.tsx";
import { useDefine, useDefinitions } from "../query/definitions.ts";
import { useMayEverywhere } from "../query/may.ts";
import { useEndFirstHour, useFirstHour } from "../query/today.ts";
import { changeOwn } from "../route/use-address.ts";
import { changeOf, type Draft, NO_DRAFT } from "../settings/draft.ts";
import "../styles/first-hour.css";
import { CallersStep } from "./callers-step.tsx";
import { HoursStep } from "./hours-step.tsx";
import { MoneyStep } from "./money-step.tsx";
import { QualifiedStep } from "./qualified-step.tsx";
import { TargetStep } from "./target-step.tsx";

const QUESTIONS = [
  "money",
  "target",
  "qualified",
  "hours",
  "callers",
] as const satisfies readonly FirstQuestion[];

const STEPS: Readonly<Record<FirstQuestion, (props: StepProps) => ReactNode>> = {
  money: MoneyStep,
  target: TargetStep,
  qualified: QualifiedStep,
  hours: HoursStep,
  callers: CallersStep,
};

export interface StepProps {
  readonly evidence: FirstHourAnswer;
  readonly answer: DefinitionsAnswer;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** Five questions, one at a time, each with what the tables say about it; then the figures that rest on the answers. */
export function FirstHour(props: { readonly at: string }): ReactNode {
  const { t } = useSpeech();
  const may = useMayEverywhere("define");
  const evidence = useFirstHour(may);
  const definitions = useDefinitions();
  if (!may)
    return (
      <div className="empty">
        <h1>{t("first.title")}</h1>
        <p>{t("first.readOnly")}</p>
      </div>
    );
  return (
    <Answered query={evidence} stacked skeleton={<Skeleton className="skeleton-chart" />}>
      {(told) => (
        <Answered query={definitions} skeleton={<Skeleton className="skeleton-chart" />}>
          {(answer) => <Questions at={props.at} evidence={told} answer={answer} />}
        </Answered>
      )}
    </Answered>
  );
}

function Questions(props: {
  readonly at: string;
  readonly evidence: FirstHourAnswer;
  readonly answer: DefinitionsAnswer;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { evidence, answer } = props;
  const [draft, setDraft] = useState<Draft>(NO_DRAFT);
  const [answered, setAnswered] = useState<readonly FirstQuestion[]>([]);
  const define = useDefine();
  const end = useEndFirstHour();
  const index = QUESTIONS.findIndex((one) => one === props.at);
  const current = QUESTIONS[index];
  if (current === undefined) return <Finished answered={answered} />;
  const change = changeOf(draft, answer);
  const changed = Object.keys(change).length > 0;
  const go = (next: number, done: readonly FirstQuestion[]) => {
    setDraft(NO_DRAFT);
    define.reset();
    const question = QUESTIONS[next];
    if (question === undefined) {
      end.mutate({ skipped: QUESTIONS.filter((one) => !done.includes(one)) });
    }
    changeOwn({ first: question ?? "done" });
    document.getElementById("content")?.focus();
  };
  const keep = () => {
    const done = [...answered.filter((one) => one !== current), current];
    const onward = () => {
      setAnswered(done);
      go(index + 1, done);
    };
    if (changed) define.mutate(change, { onSuccess: onward });
    else onward();
  };
  const Step = STEPS[current];
  return (
    <div className="first-hour" data-question={current}>
      <p className="label-soft">
        {t("first.title")} ·{" "}
        {t("first.step", {
          n: formats.count(index + 1),
          of: formats.count(QUESTIONS.length),
        })}
      </p>
      <h1 className="page-title">{t(`first.q.${current}`)}</h1>
      {index === 0 ? <p className="soft">{t("first.intro")}</p> : null}
      {evidence.sample ? <p className="label-soft">{t("first.sample")}</p> : null}
      <form
        noValidate
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <fieldset className="bare stack" disabled={define.isPending}>
          <Step evidence={evidence} answer={answer} draft={draft} onChange={setDraft} />
        </fieldset>
        {define.error ? <Failure error={define.error} /> : null}
        <p className="first-buttons">
          <button type="submit" className="button button-main" disabled={define.isPending}>
            {define.isPending ? t("phase.building") : t(changed ? "first.keep" : "first.confirm")}
          </button>
          <button
            type="button"
            className="button"
            disabled={define.isPending}
            onClick={() => go(index + 1, answered)}
          >
            {t("first.skip")}
          </button>
          {index > 0 ? (
            <button
              type="button"
              className="button button-quiet"
              disabled={define.isPending}
              onClick={() => go(index - 1, answered)}
            >
              {t("first.back")}
            </button>
          ) : null}
        </p>
      </form>
    </div>
  );
}

/** After the last question: what was answered, and the way to the figures. */
function Finished(props: { readonly answered: readonly FirstQuestion[] }): ReactNode {
  const { t, n } = useSpeech();
  const count = props.answered.length;
  return (
    <div className="first-hour" data-question="done">
      <h1 className="page-title">
        <Icon name="check" /> {t("first.doneTitle")}
      </h1>
      <p className="soft">
        {count === 0
          ? t("first.doneNone")
          : t("first.doneHelp", { answered: n("first.answered", count) })}
      </p>
      <p>
        <button
          type="button"
          className="button button-main"
          onClick={() => changeOwn({ first: null })}
        >
          {t("first.finish")}
        </button>
      </p>
    </div>
  );
}
