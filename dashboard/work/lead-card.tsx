import { type ReactNode, useEffect, useId, useMemo, useState } from "react";
import type { WorkAccount } from "../../src/contract/work.ts";
import { useSpeech } from "../i18n/language.tsx";
import { dueWords } from "./due.ts";
import { History } from "./history.tsx";
import { NextAttempt } from "./next-attempt.tsx";
import type { OutcomeDeed } from "./outbox.ts";
import { did } from "./outbox-live.ts";
import type { QueueLead } from "./queue.ts";
import { type Outcome, offered, statusWords } from "./statuses.ts";
import { countUse, used } from "./used.ts";
import { WaysToReach } from "./ways-to-reach.tsx";

/** Outcomes that stand on the card; the others come on request. */
const FIRST_OUTCOMES = 6;

/** True while a key belongs to what somebody types. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

/** One lead: who it is, how to reach them, and what came of it in one tap. */
export function LeadCard(props: {
  readonly lead: QueueLead;
  readonly account: WorkAccount;
  readonly nowMs: number;
  /** The first of the queue, not one that was looked up. */
  readonly next: boolean;
  readonly onOutcome: (deed: OutcomeDeed) => void;
}): ReactNode {
  const speech = useSpeech();
  const { t, n, formats } = speech;
  const { lead, account, nowMs, onOutcome } = props;
  const titleId = useId();
  const [all, setAll] = useState(false);
  const [note, setNote] = useState("");
  const [nextAttemptAt, setNextAttemptAt] = useState<number | null>(null);
  // In an order that stays while the page stands open: buttons must not move under the thumb.
  const outcomes = useMemo(() => offered(account.statuses, used()), [account.statuses]);
  const shown = all ? outcomes : outcomes.slice(0, FIRST_OUTCOMES);
  const due = dueWords(lead, speech, nowMs);

  const setOutcome = ({ status, stage }: Outcome) => {
    countUse(status);
    onOutcome({
      kind: "outcome",
      account: lead.account,
      leadId: lead.leadId,
      status,
      stage,
      note: note.trim() === "" ? null : note.trim(),
      nextAttemptAt: nextAttemptAt === null ? null : new Date(nextAttemptAt).toISOString(),
    });
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
      const outcome = /^[1-9]$/.test(event.key) ? outcomes[Number(event.key) - 1] : undefined;
      if (!outcome) return;
      event.preventDefault();
      setOutcome(outcome);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });

  const about = lead.project ?? lead.campaign;
  return (
    <article className="lead-card" aria-labelledby={titleId} data-lead={lead.leadId}>
      <header>
        <p className="label-soft">{t(props.next ? "work.next" : "work.chosen")}</p>
        <h2 id={titleId}>
          <bdi>{lead.name ?? t("work.noName", { id: lead.leadId })}</bdi>
        </h2>
        <p className={`lead-due lead-${due.mood}`}>{due.text}</p>
      </header>
      <dl className="lead-facts">
        {about === null ? null : (
          <div>
            <dt>{t(lead.project === null ? "work.campaign" : "work.project")}</dt>
            <dd>
              <bdi>{about}</bdi>
            </dd>
          </div>
        )}
        {lead.status === null ? null : (
          <div>
            <dt>{t("work.status")}</dt>
            <dd>{statusWords(speech, lead.status)}</dd>
          </div>
        )}
        <div>
          <dt>{t("work.attempts")}</dt>
          <dd>{lead.attempts === 0 ? t("work.noAttempt") : n("work.tried", lead.attempts)}</dd>
        </div>
        <div>
          <dt>{t("work.arrived")}</dt>
          <dd>{formats.ago(nowMs - Date.parse(lead.arrivedAt))}</dd>
        </div>
      </dl>
      <History lead={lead} statuses={account.statuses} />
      <div className="lead-deeds">
        <WaysToReach lead={lead} />
        <NextAttempt
          timeZone={account.timeZone}
          nowMs={nowMs}
          value={nextAttemptAt}
          onChange={setNextAttemptAt}
        />
        <div className="lead-note">
          <label htmlFor={`${titleId}-note`}>{t("work.note")}</label>
          <textarea
            id={`${titleId}-note`}
            className="input"
            rows={note === "" ? 1 : 3}
            maxLength={4000}
            dir="auto"
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          {note.trim() === "" ? null : (
            <button
              type="button"
              className="button"
              onClick={() => {
                const { account: of, leadId } = lead;
                void did({ kind: "note", account: of, leadId, text: note.trim() }, lead.name);
                setNote("");
              }}
            >
              {t("work.noteOnly")}
            </button>
          )}
        </div>
        <fieldset className="outcomes">
          <legend>{t("work.outcome")}</legend>
          {shown.map((outcome, i) => (
            <button
              key={outcome.status}
              type="button"
              className={`button outcome outcome-${outcome.stage}`}
              data-status={outcome.status}
              onClick={() => setOutcome(outcome)}
            >
              <span>{statusWords(speech, outcome.status)}</span>
              {i < 9 ? (
                <span aria-hidden="true" className="outcome-key">
                  {formats.plain(i + 1)}
                </span>
              ) : null}
            </button>
          ))}
          {outcomes.length > FIRST_OUTCOMES ? (
            <button
              type="button"
              className="button button-quiet outcome"
              aria-expanded={all}
              onClick={() => setAll(!all)}
            >
              {t(all ? "work.fewerOutcomes" : "work.moreOutcomes")}
            </button>
          ) : null}
        </fieldset>
      </div>
    </article>
  );
}
