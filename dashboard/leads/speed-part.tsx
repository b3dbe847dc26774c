import type { ReactNode } from "react";
import type { SpeedAnswer } from "../../src/contract/leads.ts";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import { useSpeech } from "../i18n/language.tsx";
import { FilterBar } from "../overview/filter-bar.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { useSpeed } from "../query/leads.ts";
import { useAddress } from "../route/use-address.ts";
import { BulkChoice, useBulk } from "./bulk-choice.tsx";
import { HourCells } from "./hour-cells.tsx";
import { SpeedCards } from "./speed-cards.tsx";
import { AttemptsTable, ContactsTable, GroupTable, OneAttempt, SlaTable } from "./speed-tables.tsx";
import { WaitCurve } from "./wait-curve.tsx";
import { hourName, weekdayName } from "./weekday-name.ts";

/** Are leads called in time? Every number opens the leads behind it. */
export function SpeedPart(props: { readonly facets: FacetsAnswer }): ReactNode {
  const { selection } = useAddress();
  const query = useSpeed(selection, useBulk());
  return (
    <>
      <FilterBar facets={props.facets} shown={query.data?.frame.period} />
      <Answered query={query} stacked skeleton={<Skeleton className="skeleton-cards" />}>
        {(answer) => <Speed answer={answer} />}
      </Answered>
    </>
  );
}

function Speed(props: { readonly answer: SpeedAnswer }): ReactNode {
  const { t } = useSpeech();
  const { answer } = props;
  if (answer.leads === null) return <p className="soft">{t("kpi.missing.not_recorded")}</p>;
  if (answer.leads === 0) return <p className="soft">{t("funnel.none")}</p>;
  return (
    <>
      <div className="speed-line">
        <WorkingTime answer={answer} />
        <BulkChoice />
      </div>
      <h2 className="sr-only">{t("leads.tab.speed")}</h2>
      <SpeedCards answer={answer} />
      <div className="side-by-side">
        <Panel title={t("speed.where")}>
          <ContactsTable answer={answer} />
        </Panel>
        <Panel title={t("speed.sla")}>
          <SlaTable answer={answer} />
        </Panel>
      </div>
      <Panel title={t("speed.curve")}>
        <WaitCurve answer={answer} />
      </Panel>
      <Panel title={t("speed.cells")}>
        <HourCells answer={answer} />
      </Panel>
      <div className={answer.reps.some(({ id }) => id !== null) ? "side-by-side" : "stack"}>
        <Panel title={t("speed.byAccount")}>
          <GroupTable answer={answer} by="account" />
        </Panel>
        <Panel title={t("speed.byRep")}>
          <GroupTable answer={answer} by="rep" />
        </Panel>
      </div>
      <div className="side-by-side">
        <Panel title={t("speed.again")}>
          <OneAttempt answer={answer} />
        </Panel>
        <Panel title={t("speed.attempts")}>
          <AttemptsTable answer={answer} />
        </Panel>
      </div>
    </>
  );
}

function WorkingTime(props: { readonly answer: SpeedAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { answer } = props;
  const [opens, closes] = answer.workHours;
  return (
    <p className="soft">
      {t("speed.hours", {
        days: formats.list(answer.workDays.map((day) => weekdayName(formats.language, day))),
        from: hourName(formats, opens),
        to: hourName(formats, closes),
        until: answer.until === null ? formats.count(null) : formats.wallTime(answer.until),
      })}{" "}
      {answer.several ? t("speed.several") : ""}
    </p>
  );
}
