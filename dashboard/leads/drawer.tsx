import { type ReactNode, useMemo } from "react";
import type { LeadAnswer } from "../../src/contract/leads.ts";
import { useSpeech } from "../i18n/language.tsx";
import type { Speech } from "../i18n/speech.ts";
import { useStageName } from "../overview/funnel.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Answered, Skeleton } from "../parts/panel.tsx";
import { useLead } from "../query/leads.ts";
import {
  changeOwn,
  changeSelection,
  currentAddress,
  useAddress,
  useLink,
} from "../route/use-address.ts";
import { leadName } from "./table-part.tsx";

/** One lead: how soon it was called, what happened to it, who it is, and the same person's other leads. */
export function LeadDrawer(props: { readonly id: string }): ReactNode {
  const speech = useSpeech();
  const { t } = speech;
  const { selection } = useAddress();
  const query = useLead(props.id, selection);
  const title = query.data ? leadName(speech, query.data.lead) : t("lead.noName", { id: props.id });
  return (
    <Dialog kind="drawer" title={<bdi>{title}</bdi>} onClose={() => changeOwn({ open: null })}>
      <Answered query={query} stacked skeleton={<Skeleton className="skeleton-table" />}>
        {(answer) => (
          <>
            <FirstContact answer={answer} />
            <section className="lead-section">
              <h3>{t("drawer.timeline")}</h3>
              <Timeline answer={answer} />
            </section>
            <section className="lead-section">
              <h3>{t("drawer.facts")}</h3>
              <Facts lead={answer.lead} />
            </section>
            <section className="lead-section">
              <h3>{t("drawer.repeats")}</h3>
              <Repeats answer={answer} />
            </section>
          </>
        )}
      </Answered>
    </Dialog>
  );
}

/** A length of working time: in hours where it is long, as a day of it is no day of the calendar. */
function workingText({ t, formats }: Speech, minutes: number): string {
  return minutes < 120
    ? formats.duration(minutes)
    : t("drawer.hours", { n: formats.count(Math.round(minutes / 60)) });
}

function FirstContact(props: { readonly answer: LeadAnswer }): ReactNode {
  const speech = useSpeech();
  const { t, formats } = speech;
  const stageName = useStageName();
  const { answer } = props;
  const { lead } = answer;
  return (
    <dl className="lead-figures">
      <div>
        <dt>{t("lead.stage")}</dt>
        <dd>
          {stageName(lead.stage ?? "unmapped")}
          {lead.status === null ? null : (
            <bdi className="soft code" dir="ltr">
              {lead.status}
            </bdi>
          )}
        </dd>
      </div>
      <div>
        <dt>{t("lead.contact")}</dt>
        <dd>
          {t(`contact.${answer.contact}`)}
          <span className="soft">
            {lead.waitMinutes === null
              ? t(`contact.${answer.contact}.means`)
              : t("lead.after", { time: formats.duration(lead.waitMinutes) })}
          </span>
        </dd>
      </div>
      {answer.workingMinutes === null ? null : (
        <div>
          <dt>{t(answer.contact === "touched" ? "drawer.workingTime" : "drawer.waiting")}</dt>
          <dd>
            <span>
              {workingText(speech, answer.workingMinutes)}{" "}
              {answer.late === null ? null : (
                <span className={`badge ${answer.late ? "badge-bad" : "badge-good"}`}>
                  {t(answer.late ? "drawer.late" : "drawer.inTime")}
                </span>
              )}
            </span>
            <span className="soft">
              {t("drawer.allowed", { time: formats.duration(answer.firstContactMinutes) })}
            </span>
          </dd>
        </div>
      )}
      <div>
        <dt>{t("lead.attempts")}</dt>
        <dd>{formats.count(answer.attempts)}</dd>
      </div>
    </dl>
  );
}

function Timeline(props: { readonly answer: LeadAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const stageName = useStageName();
  const { timeline, afterHours } = props.answer;
  return (
    <>
      <ol className="timeline">
        {timeline.map((entry, i) => (
          // Entries of one moment keep their order, and none of them ever moves.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={i} data-kind={entry.kind} data-stage={entry.stage ?? ""} data-bulk={entry.bulk}>
            <span className="timeline-at">{formats.wallTime(entry.at)}</span>
            <span className="timeline-what">
              {entry.kind === "arrival" ? (
                <>
                  {t("drawer.arrived")}
                  {afterHours ? <span className="badge">{t("lead.afterHours")}</span> : null}
                </>
              ) : (
                <>
                  {stageName(entry.stage ?? "unmapped")}{" "}
                  <bdi className="soft code" dir="ltr">
                    {entry.status}
                  </bdi>
                  {entry.bulk ? (
                    <span className="badge badge-warn" title={t("drawer.bulkHelp")}>
                      {t("drawer.bulk")}
                    </span>
                  ) : null}
                  {entry.counts ? null : <span className="badge">{t("drawer.leftOut")}</span>}
                </>
              )}
            </span>
            {entry.source === null ? null : (
              <span className="soft timeline-source">
                {t("drawer.source", {
                  file: entry.source.file,
                  line: formats.plain(entry.source.line),
                })}
              </span>
            )}
          </li>
        ))}
      </ol>
      {timeline.length === 1 ? <p className="soft">{t("drawer.onlyNew")}</p> : null}
    </>
  );
}

function Facts(props: { readonly lead: LeadAnswer["lead"] }): ReactNode {
  const { t, formats } = useSpeech();
  const { lead } = props;
  const rows = [
    ["lead.id", lead.leadId, true],
    ["lead.phone", lead.phone, true],
    ["lead.email", lead.email, true],
    ["lead.campaign", lead.campaignName ?? lead.campaignId, false],
    ["lead.project", lead.project, false],
    ["lead.account", lead.account, true],
    ["lead.rep", lead.assignedTo, false],
    ["lead.adSet", lead.adSetId, true],
    ["lead.ad", lead.adId, true],
    ["lead.form", lead.form, false],
    ["lead.platform", lead.platform, false],
    ["lead.language", lead.language, false],
  ] as const;
  return (
    <dl className="facts-list">
      {rows
        .filter(([name, value]) => value !== null || name === "lead.phone")
        .map(([name, value, ltr]) => (
          <div key={name}>
            <dt className="soft">{t(name)}</dt>
            <dd>
              <bdi dir={ltr && value !== null ? "ltr" : undefined}>
                {value ?? formats.count(null)}
              </bdi>
              {name === "lead.phone" && lead.phoneValid === false && value !== null ? (
                <span className="badge badge-warn">{t("phone.invalid")}</span>
              ) : null}
              {name === "lead.campaign" && lead.campaignId !== null ? (
                <OnlyCampaign id={lead.campaignId} />
              ) : null}
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** Narrows the list to the lead's campaign. */
function OnlyCampaign(props: { readonly id: string }): ReactNode {
  const { t } = useSpeech();
  return (
    <button
      type="button"
      className="link"
      onClick={() => {
        changeOwn({ open: null });
        changeSelection({ campaign: [props.id] });
      }}
    >
      {t("breakdown.filterBy", { name: props.id })}
    </button>
  );
}

function Repeats(props: { readonly answer: LeadAnswer }): ReactNode {
  const { t } = useSpeech();
  const { repeats } = props.answer;
  if (repeats.length === 0) return <p className="soft">{t("drawer.noRepeats")}</p>;
  return (
    <ul className="plain">
      {repeats.map((repeat) => (
        <li key={repeat.leadId}>
          <Repeat repeat={repeat} />
        </li>
      ))}
    </ul>
  );
}

function Repeat(props: { readonly repeat: LeadAnswer["repeats"][number] }): ReactNode {
  const { formats } = useSpeech();
  const stageName = useStageName();
  const { repeat } = props;
  const target = useMemo(() => {
    const address = currentAddress();
    return { ...address, own: { ...address.own, open: repeat.leadId } };
  }, [repeat.leadId]);
  const link = useLink(target);
  return (
    <>
      <a {...link}>{formats.wallTime(repeat.arrivalAt)}</a> ·{" "}
      {stageName(repeat.stage ?? "unmapped")} ·{" "}
      <bdi>{repeat.campaignName ?? repeat.campaignId ?? repeat.account}</bdi>
      {repeat.project === null ? null : (
        <>
          {" "}
          · <bdi className="soft">{repeat.project}</bdi>
        </>
      )}
    </>
  );
}
