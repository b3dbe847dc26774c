import type { ReactNode } from "react";
import type { SpeedAnswer } from "../../src/contract/leads.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { LeadsLink } from "./leads-link.tsx";

/** All leads by what is known of their first contact; they add up to all of them, and their money to its spend. */
export function ContactsTable(props: { readonly answer: SpeedAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { answer } = props;
  return (
    <table className="table table-speed">
      <thead>
        <tr>
          <th scope="col">{t("lead.contact")}</th>
          <th scope="col" className="number">
            {t("column.leads")}
          </th>
          <th scope="col" className="number" title={t("speed.moneyHelp")}>
            {t("speed.money")}
          </th>
        </tr>
      </thead>
      <tbody>
        {answer.contacts.map(({ contact, leads, spendMinor }) => (
          <tr key={contact} data-contact={contact} data-leads={leads}>
            <th scope="row">
              {t(`contact.${contact}`)}
              <span className="soft under">{t(`contact.${contact}.means`)}</span>
            </th>
            <td className="number">
              <LeadsLink filters={{ contact }}>{formats.count(leads)}</LeadsLink>
            </td>
            <td className="number">{formats.moneyShort(spendMinor, answer.frame)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How first contacts stand to the minutes allowed. */
export function SlaTable(props: { readonly answer: SpeedAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { sla } = props.answer;
  const lines = [
    { id: "inTime", n: sla.inTime, filters: { contact: "touched", late: "no" } },
    { id: "lateTouched", n: sla.lateTouched, filters: { contact: "touched", late: "yes" } },
    { id: "lateWaiting", n: sla.lateWaiting, filters: { contact: "never", late: "yes" } },
    { id: "pending", n: sla.pending, filters: { contact: "never", late: "no" } },
    { id: "unknown", n: sla.unknown, filters: null },
  ] as const;
  return (
    <table className="table table-speed">
      <thead>
        <tr>
          <th scope="col">{t("speed.sla")}</th>
          <th scope="col" className="number">
            {t("column.leads")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ id, n, filters }) => (
          <tr key={id} data-sla={id} data-leads={n}>
            <th scope="row">{t(`speed.sla.${id}`)}</th>
            <td className="number">
              {filters === null ? (
                formats.count(n)
              ) : (
                <LeadsLink filters={filters}>{formats.count(n)}</LeadsLink>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Accounts, or people who call, with the most leads. */
export function GroupTable(props: {
  readonly answer: SpeedAnswer;
  readonly by: "account" | "rep";
}): ReactNode {
  const { t, formats } = useSpeech();
  const { answer, by } = props;
  const groups = by === "account" ? answer.accounts : answer.reps;
  if (by === "rep" && groups.every(({ id }) => id === null))
    return <p className="soft">{t("speed.noneRep")}</p>;
  const title = t(by === "account" ? "speed.byAccount" : "speed.byRep");
  return (
    <ScrollBox name={title}>
      <table className="table table-speed">
        <thead>
          <tr>
            <th scope="col">{t(by === "account" ? "lead.account" : "lead.rep")}</th>
            <th scope="col" className="number">
              {t("column.leads")}
            </th>
            <th scope="col" className="number">
              {t("speed.never")}
            </th>
            <th scope="col" className="number">
              {t("speed.lateShare")}
            </th>
            <th scope="col" className="number">
              {t("speed.share")}
            </th>
            <th scope="col" className="number" title={t("speed.curveHelp")}>
              {t("speed.median")}
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.id ?? ""} data-id={group.id ?? ""}>
              <th scope="row">
                {group.id === null ? (
                  <span className="soft">{t("lead.nobody")}</span>
                ) : (
                  <bdi>{group.id}</bdi>
                )}
              </th>
              <td className="number">
                <GroupLink by={by} id={group.id} filters={{}}>
                  {formats.count(group.leads)}
                </GroupLink>
              </td>
              <td className="number">
                <GroupLink by={by} id={group.id} filters={{ contact: "never" }}>
                  {formats.count(group.never)}
                </GroupLink>
              </td>
              <td className="number" title={t("leads.sample", { n: formats.count(group.judged) })}>
                <GroupLink by={by} id={group.id} filters={{ late: "yes" }}>
                  {formats.rate(group.judged === 0 ? null : group.late / group.judged)}
                </GroupLink>
              </td>
              <td className="number" title={t("leads.sample", { n: formats.count(group.wait.n) })}>
                {formats.rate(group.wait.dayShare)}
              </td>
              <td className="number" title={t("leads.sample", { n: formats.count(group.wait.n) })}>
                {formats.duration(group.wait.medianMinutes)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function GroupLink(props: {
  readonly by: "account" | "rep";
  readonly id: string | null;
  readonly filters: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}): ReactNode {
  const { by, id, filters, children } = props;
  if (id === null) return <>{children}</>;
  return by === "account" ? (
    <LeadsLink filters={filters} account={id}>
      {children}
    </LeadsLink>
  ) : (
    <LeadsLink filters={{ ...filters, rep: id }}>{children}</LeadsLink>
  );
}

/** How many attempts it took, and how many leads were reached. */
export function AttemptsTable(props: { readonly answer: SpeedAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  return (
    <>
      <p className="soft note">{t("speed.attemptsHelp")}</p>
      <table className="table table-speed">
        <thead>
          <tr>
            <th scope="col">{t("lead.attempts")}</th>
            <th scope="col" className="number">
              {t("column.leads")}
            </th>
            <th scope="col" className="number">
              {t("speed.reached")}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.answer.attempts.map(({ attempts, leads, reached, share }) => (
            <tr key={attempts} data-attempts={attempts} data-leads={leads} data-reached={reached}>
              <th scope="row">
                {attempts === 5 ? t("lead.attemptsMore") : formats.count(attempts)}
              </th>
              <td className="number">
                <LeadsLink filters={{ contact: "touched", attempts: String(attempts) }}>
                  {formats.count(leads)}
                </LeadsLink>
              </td>
              <td
                className="number"
                title={t("speed.interval", {
                  low: formats.rate(share.low),
                  high: formats.rate(share.high),
                })}
              >
                {formats.rate(share.value)} <span className="soft">({formats.count(reached)})</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Leads given up after a single attempt; each age opens its list. */
export function OneAttempt(props: { readonly answer: SpeedAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { oneAttempt } = props.answer;
  const filters = { stage: "attempting", contact: "touched", attempts: "1" };
  return (
    <>
      <p className="soft note">{t("speed.againHelp")}</p>
      <table className="table table-speed" data-again={oneAttempt.leads}>
        <thead>
          <tr>
            <th scope="col">{t("lead.arrival")}</th>
            <th scope="col" className="number">
              {t("column.leads")}
            </th>
          </tr>
        </thead>
        <tbody>
          {oneAttempt.ages.map(({ fromDays, toDays, leads }) => (
            <tr key={fromDays} data-from={fromDays} data-leads={leads}>
              <th scope="row">{t(`speed.again.${fromDays as 0 | 1 | 7 | 30}`)}</th>
              <td className="number">
                <LeadsLink
                  filters={{
                    ...filters,
                    ...(fromDays > 0 ? { olderThan: String(fromDays) } : {}),
                    ...(toDays === null ? {} : { youngerThan: String(toDays) }),
                  }}
                >
                  {formats.count(leads)}
                </LeadsLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {oneAttempt.leads === 0 ? null : (
        <p>
          <LeadsLink className="button" filters={filters}>
            {t("leads.open", { n: formats.count(oneAttempt.leads) })}
          </LeadsLink>
        </p>
      )}
    </>
  );
}
