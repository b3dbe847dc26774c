import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { dueWords } from "./due.ts";
import { keyOf, type QueueLead } from "./queue.ts";
import { statusWords } from "./statuses.ts";

const GROUPS = ["due", "new", "open", "later"] as const;

/** The rest of the queue, by when each is due. */
export function LeadList(props: {
  readonly leads: readonly QueueLead[];
  readonly nowMs: number;
  readonly current: string | null;
  readonly onChoose: (lead: QueueLead) => void;
}): ReactNode {
  const speech = useSpeech();
  const { t, formats } = speech;
  const { leads, nowMs } = props;
  if (leads.length === 0) return <p className="soft">{t("work.restNone")}</p>;
  return (
    <>
      {GROUPS.map((group) => {
        const here = leads.filter((lead) => lead.group === group);
        if (here.length === 0) return null;
        return (
          <section key={group} className="lead-group" aria-label={t(`work.group.${group}`)}>
            <h3>
              {t(`work.group.${group}`)} <span className="soft">{formats.count(here.length)}</span>
            </h3>
            <ul>
              {here.map((lead) => {
                const due = dueWords(lead, speech, nowMs);
                return (
                  <li key={keyOf(lead)}>
                    <button
                      type="button"
                      className="lead-row"
                      data-lead={lead.leadId}
                      aria-current={props.current === keyOf(lead)}
                      onClick={() => props.onChoose(lead)}
                    >
                      <span className="lead-row-name">
                        <bdi>{lead.name ?? t("work.noName", { id: lead.leadId })}</bdi>
                        {lead.waiting > 0 ? (
                          <span className="badge badge-warn">{t("work.waitsHere")}</span>
                        ) : null}
                      </span>
                      <span className={`lead-${due.mood}`}>{due.text}</span>
                      <span className="soft lead-row-about">
                        {[
                          lead.project,
                          lead.status === null ? null : statusWords(speech, lead.status),
                        ]
                          .filter((one) => one !== null)
                          .map((one) => (
                            <bdi key={one}>{one}</bdi>
                          ))}
                      </span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </>
  );
}
