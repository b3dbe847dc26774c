import type { ReactNode } from "react";
import type { SpeedAnswer } from "../../src/contract/leads.ts";
import { useSpeech } from "../i18n/language.tsx";
import { LeadsLink } from "./leads-link.tsx";

function Card(props: {
  readonly id: string;
  readonly name: string;
  readonly value: ReactNode;
  readonly data: number | null;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="card" data-card={props.id} data-value={props.data ?? ""}>
      <h3 className="card-name">{props.name}</h3>
      <div className="card-value">{props.value}</div>
      <div className="card-note">{props.children}</div>
    </div>
  );
}

/** The five numbers that say whether leads are called in time. */
export function SpeedCards(props: { readonly answer: SpeedAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { answer } = props;
  const { wait, sla, afterHours } = answer;
  const never = answer.contacts.find(({ contact }) => contact === "never");
  const late = sla.lateTouched + sla.lateWaiting;
  return (
    <div className="cards">
      <Card
        id="never"
        name={t("speed.never")}
        data={never?.leads ?? 0}
        value={
          <LeadsLink filters={{ contact: "never" }}>{formats.count(never?.leads ?? 0)}</LeadsLink>
        }
      >
        {never?.spendMinor == null ? null : (
          <strong>
            {t("speed.neverMoney", { money: formats.moneyShort(never.spendMinor, answer.frame) })}
          </strong>
        )}
        <span>{t("speed.neverNote")}</span>
      </Card>
      <Card
        id="late"
        name={t("speed.late")}
        data={late}
        value={<LeadsLink filters={{ late: "yes" }}>{formats.count(late)}</LeadsLink>}
      >
        <span>
          {t("speed.lateNote", {
            share: formats.rate(sla.lateShare.value),
            n: formats.count(sla.lateShare.n),
            low: formats.rate(sla.lateShare.low),
            high: formats.rate(sla.lateShare.high),
            time: formats.duration(answer.firstContactMinutes),
          })}
        </span>
      </Card>
      <Card id="day" name={t("speed.day")} data={wait.dayShare} value={formats.rate(wait.dayShare)}>
        <span>{t("leads.sample", { n: formats.count(wait.n) })}</span>
        {answer.bulkTouches > 0 ? (
          <span>{t("speed.bulkNote", { n: formats.count(answer.bulkTouches) })}</span>
        ) : null}
      </Card>
      <Card
        id="median"
        name={t("speed.median")}
        data={wait.medianMinutes}
        value={formats.duration(wait.medianMinutes)}
      >
        {wait.medianMinutes === null ? (
          <span>{t("speed.medianNotYet")}</span>
        ) : (
          <span>
            {t("speed.interval", {
              low: formats.duration(wait.medianLow),
              high: formats.duration(wait.medianHigh),
            })}
          </span>
        )}
        {wait.p90Minutes === null ? null : (
          <span>{t("speed.p90", { time: formats.duration(wait.p90Minutes) })}</span>
        )}
        {wait.contactedMedianMinutes === null ? null : (
          <span>
            {t("speed.medianOf", { time: formats.duration(wait.contactedMedianMinutes) })}
          </span>
        )}
      </Card>
      <Card
        id="after"
        name={t("speed.after")}
        data={afterHours.leads}
        value={
          <LeadsLink filters={{ afterHours: "yes" }}>{formats.count(afterHours.leads)}</LeadsLink>
        }
      >
        <span>
          {t("speed.afterNote", {
            share: formats.rate(afterHours.share.value),
            n: formats.count(afterHours.beforeOpening),
          })}
        </span>
        <LeadsLink filters={{ afterHours: "yes", contact: "never" }}>
          {t("speed.never")}: {formats.count(afterHours.never)}
        </LeadsLink>
      </Card>
    </div>
  );
}
