import { type ReactNode, useState } from "react";
import type { Question } from "../../src/contract/explore.ts";
import { openQuestions, weightyQuestions } from "../../src/contract/open.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Answered } from "../parts/panel.tsx";
import { useFindings, useQuestions } from "../query/explore.ts";
import { useMayEverywhere } from "../query/may.ts";
import { useAddress } from "../route/use-address.ts";
import { Examining } from "./examining.tsx";
import { QuestionCard } from "./question-card.tsx";
import { useMoney } from "./use-money.ts";

/** What must be decided: questions that only people can answer, those that wait first. */
export function QuestionsView(): ReactNode {
  const { selection } = useAddress();
  const query = useQuestions(selection.asOf);
  return (
    <Answered query={query} stacked skeleton={<Examining />}>
      {({ questions }) => <QuestionList questions={questions} />}
    </Answered>
  );
}

function QuestionList(props: { readonly questions: readonly Question[] }): ReactNode {
  const { t, n } = useSpeech();
  const { selection } = useAddress();
  const money = useMoney(selection.asOf);
  const may = useMayEverywhere("treat");
  const { questions } = props;
  const findings = useFindings(selection.asOf).data?.findings ?? [];
  const open = openQuestions(questions);
  // A question that is answered here stays where it is, so that nothing moves under the reader's hand.
  const [atFirst] = useState(() => new Set(open.map(({ id }) => id)));
  const upper = questions.filter((one) => open.includes(one) || atFirst.has(one.id));
  const heavy = weightyQuestions(questions, findings);
  const weighty = upper.filter((one) => heavy.includes(one));
  const small = upper.filter((one) => !weighty.includes(one));
  const rest = questions.filter((one) => !upper.includes(one));
  const answered = rest.filter((one) => one.answered !== null);
  const quiet = rest.filter((one) => one.answered === null);
  const waiting = open.filter((one) => weighty.includes(one)).length;
  const cards = (some: readonly Question[]) =>
    some.map((one) => <QuestionCard key={one.id} question={one} money={money} may={may} />);
  return (
    <>
      <p className="soft">{t(may ? "explore.questionsHelp" : "explore.mayNot")}</p>
      <section className="stack" aria-label={t("explore.open")}>
        <h2 data-open={waiting}>{n("explore.openQuestions", waiting)}</h2>
        {cards(weighty)}
      </section>
      {answered.length > 0 ? (
        <section className="stack" aria-label={t("explore.answered")}>
          <h2>{t("explore.answered")}</h2>
          {cards(answered)}
        </section>
      ) : null}
      <Folded title={n("explore.smallQuestions", small.length)} count={small.length}>
        {cards(small)}
      </Folded>
      <Folded title={t("explore.notRaised")} count={quiet.length}>
        {cards(quiet)}
      </Folded>
    </>
  );
}

/** What can wait: one line that opens. */
function Folded(props: {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}): ReactNode {
  if (props.count === 0) return null;
  return (
    <details className="folded">
      <summary>
        <h2>{props.title}</h2>
      </summary>
      <div className="stack">{props.children}</div>
    </details>
  );
}
