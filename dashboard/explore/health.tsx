import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Answered } from "../parts/panel.tsx";
import type { Findings } from "../query/explore.ts";
import { useFindings, useWaterfall } from "../query/explore.ts";
import { useMay, useMayEverywhere } from "../query/may.ts";
import { useAddress } from "../route/use-address.ts";
import { CheckedPanel } from "./checked.tsx";
import { Downloads } from "./downloads.tsx";
import { Examining } from "./examining.tsx";
import { FindingCard, FindingLine } from "./finding-card.tsx";
import { FindingRowsDrawer } from "./finding-rows.tsx";
import { HealthSummary } from "./health-summary.tsx";
import { TreatmentsPanel } from "./treatments-list.tsx";
import { useMoney } from "./use-money.ts";
import { WaterfallPanel } from "./waterfall.tsx";

/** Cards beyond these many tire the reader; the rest is one line each. */
const MOST_CARDS = 10;

/** Is the data right: what is wrong, what it costs, and what can be done about it. */
export function HealthView(): ReactNode {
  const { t } = useSpeech();
  const { selection, finding } = useAddress();
  const { asOf } = selection;
  const findings = useFindings(asOf);
  const waterfall = useWaterfall(asOf);
  const money = useMoney(asOf);
  const may = useMayEverywhere("treat");
  const takesAway = useMay("export");
  return (
    <>
      <Answered query={findings} stacked skeleton={<Examining className="skeleton-table" />}>
        {(answer) => (
          <>
            <HealthSummary findings={answer.findings} waterfall={waterfall.data?.waterfall} />
            {waterfall.data?.waterfall ? (
              <WaterfallPanel waterfall={waterfall.data.waterfall} />
            ) : null}
            {may ? null : <p className="soft">{t("explore.mayNot")}</p>}
            <FindingsList answer={answer} money={money} may={may} />
            <TreatmentsPanel may={may} />
            <CheckedPanel checked={answer.checked} />
            {takesAway ? <Downloads asOf={asOf} /> : null}
          </>
        )}
      </Answered>
      {finding === null ? null : (
        <FindingRowsDrawer
          key={finding}
          id={finding}
          finding={findings.data?.findings.find((one) => one.key === finding)}
          asOf={asOf}
          money={money}
        />
      )}
    </>
  );
}

function FindingsList(props: {
  readonly answer: Findings;
  readonly money: ReturnType<typeof useMoney>;
  readonly may: boolean;
}): ReactNode {
  const { t } = useSpeech();
  const { findings } = props.answer;
  const { money, may } = props;
  // Of what matters there may be ten; what is only good to know stays one line, however little else there is.
  const cards = findings.filter(({ severity }) => severity !== "info").slice(0, MOST_CARDS);
  const lines = findings.filter((one) => !cards.includes(one));
  return (
    <section aria-label={t("explore.findings")} className="stack">
      <h2>{t("explore.findings")}</h2>
      {findings.length === 0 ? <p className="soft">{t("explore.noFindings")}</p> : null}
      {cards.map((one) => (
        <FindingCard key={one.key} finding={one} money={money} may={may} />
      ))}
      {lines.length > 0 ? (
        <div className="panel finding-lines">
          <h3>{t(cards.length > 0 ? "explore.alsoFound" : "explore.goodToKnow")}</h3>
          {lines.map((one) => (
            <FindingLine key={one.key} finding={one} money={money} may={may} />
          ))}
        </div>
      ) : null}
    </section>
  );
}
