import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Finding } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Failure } from "../parts/panel.tsx";
import { useAccept, useWithdraw } from "../query/explore.ts";
import { changeAddress } from "../route/use-address.ts";
import { FindingDetails } from "./finding-details.tsx";
import { InForce } from "./in-force.tsx";
import { PictureView } from "./picture.tsx";
import { Proposals } from "./proposals.tsx";
import { SeverityBadge } from "./severity.tsx";
import { TabLink } from "./tab-link.tsx";
import { useTold } from "./told.ts";

interface CardProps {
  readonly finding: Finding;
  readonly money: Currency;
  /** Whether the reader may treat. */
  readonly may: boolean;
}

/** What was found, what it costs, why it matters, and what can be done about it. */
export function FindingCard(props: CardProps): ReactNode {
  const told = useTold();
  const heading = useId();
  const { finding } = props;
  return (
    <article
      className={`finding finding-${finding.severity}`}
      aria-labelledby={heading}
      data-finding={finding.key}
      data-severity={finding.severity}
    >
      <header className="finding-head">
        <SeverityBadge severity={finding.severity} />
        <h3 id={heading}>{told(finding.title)}</h3>
      </header>
      <FindingBody {...props} />
    </article>
  );
}

/** A finding beyond the cards: one line that opens. */
export function FindingLine(props: CardProps): ReactNode {
  const told = useTold();
  const [open, setOpen] = useState(false);
  const { finding } = props;
  return (
    <details
      className="finding-line"
      data-finding={finding.key}
      data-severity={finding.severity}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <SeverityBadge severity={finding.severity} />
        <span className="finding-line-text">
          <strong>{told(finding.title)}.</strong> {told(finding.sentence)}
        </span>
      </summary>
      {open ? <FindingBody {...props} said /> : null}
    </details>
  );
}

/** @param props.said the sentence stands above already */
function FindingBody(props: CardProps & { readonly said?: boolean }): ReactNode {
  const { t, formats } = useSpeech();
  const told = useTold();
  const { finding, money, may, said } = props;
  const [details, setDetails] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const accept = useAccept();
  const withdraw = useWithdraw();
  const body = useRef<HTMLDivElement>(null);
  /** The button that was pressed is gone: its counterpart takes the focus as soon as it is there. */
  const goal = useRef<string | null>(null);
  useEffect(() => {
    if (goal.current === null) return;
    const counterpart = body.current?.querySelector<HTMLElement>(goal.current);
    if (!counterpart) return;
    counterpart.focus();
    goal.current = null;
  });
  const busy = accept.isPending || withdraw.isPending;
  const decided = finding.treatments.some(({ items }) => items === null);
  return (
    <div className="finding-body" ref={body}>
      <div className={finding.picture ? "finding-both" : undefined}>
        <div className="finding-text">
          {said ? null : <p className="finding-sentence">{told(finding.sentence)}</p>}
          <dl className="finding-facts">
            <div>
              <dt>
                {t("explore.rowsOf", {
                  unit: told(finding.unit),
                  of: formats.count(finding.of),
                })}
              </dt>
              <dd data-rows={finding.rows}>{formats.count(finding.rows)}</dd>
            </div>
            {finding.moneyMinor === null ? null : (
              <div>
                <dt>{t("explore.money")}</dt>
                <dd
                  data-money={finding.moneyMinor}
                  title={formats.money(finding.moneyMinor, money)}
                >
                  <bdi>{formats.moneyShort(finding.moneyMinor, money)}</bdi>
                </dd>
              </div>
            )}
            {finding.leads === null ? null : (
              <div>
                <dt>{t("explore.leadsConcerned")}</dt>
                <dd data-leads={finding.leads}>{formats.count(finding.leads)}</dd>
              </div>
            )}
          </dl>
          <p className="soft">{told(finding.why)}</p>
          {finding.question && !decided ? (
            <p className="finding-question">
              <span className="label-soft">{t("explore.toAsk")}</span> {told(finding.question.text)}{" "}
              <TabLink tab="questions">{t("explore.answerIt")}</TabLink>
            </p>
          ) : null}
          {accept.error ? <Failure error={accept.error} /> : null}
          {withdraw.error ? <Failure error={withdraw.error} /> : null}
          <InForce
            finding={finding}
            may={may}
            busy={withdraw.isPending}
            onUndo={(id) => {
              withdraw.mutate(id);
              goal.current = "[data-proposal]:not(:disabled)";
            }}
          />
          <div className="finding-foot">
            {may ? (
              <Proposals
                finding={finding}
                money={money}
                chosen={chosen}
                busy={busy}
                onAccept={(kind) => {
                  accept.mutate({
                    finding: finding.key,
                    kind,
                    items: chosen.length === 0 ? null : chosen,
                  });
                  setChosen([]);
                  goal.current = "[data-undo]";
                }}
              />
            ) : null}
            <span className="grow" />
            <button
              type="button"
              className="button button-quiet"
              onClick={() => changeAddress({ finding: finding.key })}
            >
              {t("explore.allRows")}
            </button>
            <button
              type="button"
              className="button button-quiet"
              aria-expanded={details}
              onClick={() => setDetails(!details)}
            >
              {t(details ? "explore.fewer" : "explore.details")}
            </button>
          </div>
        </div>
        {finding.picture ? (
          <PictureView picture={finding.picture} money={money} name={told(finding.title)} />
        ) : null}
      </div>
      {details ? (
        <FindingDetails
          finding={finding}
          money={money}
          may={may}
          chosen={chosen}
          onChoose={setChosen}
        />
      ) : null}
    </div>
  );
}
