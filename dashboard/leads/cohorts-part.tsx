import { type ReactNode, useState } from "react";
import type { CohortsAnswer } from "../../src/contract/leads.ts";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import { heatClass } from "../charts/heat.ts";
import { addDays } from "../format/days.ts";
import { useSpeech } from "../i18n/language.tsx";
import { FilterBar } from "../overview/filter-bar.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { useCohorts } from "../query/leads.ts";
import { changeOwn, useAddress } from "../route/use-address.ts";
import { LeadsLink } from "./leads-link.tsx";

type Of = "all" | "judged";
type Cohort = CohortsAnswer["cohorts"][number];

/** Weeks of arrival against their age: which weeks ripen as the others did, and which do not. */
export function CohortsPart(props: { readonly facets: FacetsAnswer }): ReactNode {
  const { t } = useSpeech();
  const { selection, own } = useAddress();
  const query = useCohorts(selection);
  const [counts, setCounts] = useState(false);
  const of: Of = own.of === "judged" ? "judged" : "all";
  return (
    <>
      <FilterBar facets={props.facets} shown={query.data?.frame.period} />
      <Panel
        title={t("cohorts.title")}
        actions={
          <>
            <Segmented
              name={t("cohorts.of")}
              value={of}
              choices={[
                { value: "all", label: t("cohorts.ofAll") },
                { value: "judged", label: t("cohorts.ofJudged") },
              ]}
              onChange={(value) => changeOwn({ of: value === "judged" ? value : null })}
            />
            <button
              type="button"
              className="button button-quiet"
              aria-pressed={counts}
              onClick={() => setCounts(!counts)}
            >
              {t("cohorts.counts")}
            </button>
          </>
        }
      >
        <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
          {(answer) => <Cohorts answer={answer} of={of} counts={counts} />}
        </Answered>
      </Panel>
    </>
  );
}

/** Smaller weeks have their numbers, and no colour: chance alone would paint them. */
const ENOUGH = 20;

const under = (cohort: Cohort, of: Of) => (of === "all" ? cohort.leads : cohort.judged);

function Cohorts(props: {
  readonly answer: CohortsAnswer;
  readonly of: Of;
  readonly counts: boolean;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const { answer, of } = props;
  if (answer.cohorts.length === 0) return <p className="soft">{t("cohorts.none")}</p>;
  const shares = answer.cohorts.flatMap((cohort) =>
    under(cohort, of) < ENOUGH ? [] : cohort.byAge.map((hits) => hits / under(cohort, of)),
  );
  const most = Math.max(0.001, ...shares);
  const ages = Array.from({ length: answer.ages }, (_, age) => age);
  return (
    <>
      <p className="soft note">
        {t("cohorts.help")} {answer.more > 0 ? n("cohorts.more", answer.more) : null}
      </p>
      <ScrollBox name={t("cohorts.title")} className="heat-box">
        <table className="table heat-table">
          <thead>
            <tr>
              <th scope="col">{t("cohorts.week")}</th>
              <th scope="col" className="number">
                {t("column.leads")}
              </th>
              <th scope="col" className="number">
                {t("cohorts.judged")}
              </th>
              {ages.map((age) => (
                <th key={age} scope="col" className="heat-head">
                  {t("cohorts.age", { n: formats.count(age + 1) })}
                </th>
              ))}
              <th scope="col" className="number">
                {t("cohorts.now")}
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.cohorts.toReversed().map((cohort) => (
              <tr key={cohort.week} data-week={cohort.week}>
                <th scope="row">
                  <WeekLink cohort={cohort} />
                  {cohort.mature ? null : (
                    <span className="badge badge-warn">{t("cohorts.immature")}</span>
                  )}
                </th>
                <td className="number">{formats.count(cohort.leads)}</td>
                <td className="number">{formats.count(cohort.judged)}</td>
                {ages.map((age) => (
                  <Cell
                    key={age}
                    cohort={cohort}
                    age={age}
                    of={of}
                    most={most}
                    counts={props.counts}
                  />
                ))}
                <td className="number">
                  {props.counts
                    ? formats.count(cohort.qualified)
                    : formats.rate(
                        under(cohort, of) === 0 ? null : cohort.qualified / under(cohort, of),
                      )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}

function Cell(props: {
  readonly cohort: Cohort;
  readonly age: number;
  readonly of: Of;
  readonly most: number;
  readonly counts: boolean;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { cohort, age, of } = props;
  const n = under(cohort, of);
  // An age that no lead of the week has reached says nothing; one that some have is not over.
  if (age >= cohort.someAges || n === 0) return <td className="heat heat-blank" />;
  const hits = cohort.byAge[age] ?? 0;
  const share = hits / n;
  const whole = age < cohort.wholeAges;
  const says = t("cohorts.cell", {
    share: formats.rate(share),
    hits: formats.count(hits),
    n: formats.count(n),
  });
  return (
    <td
      className={`${heatClass(n < ENOUGH ? null : share, props.most)} ${whole ? "" : "heat-hatched"}`}
      title={whole ? says : `${says} · ${t("cohorts.immature")}`}
      data-hits={hits}
    >
      {props.counts ? formats.count(hits) : formats.rate(share)}
    </td>
  );
}

/** Shows the leads of a week alone. */
function WeekLink(props: { readonly cohort: Cohort }): ReactNode {
  const { formats } = useSpeech();
  const { cohort } = props;
  const days = { from: cohort.week, to: addDays(cohort.week, 6) };
  return (
    <LeadsLink filters={{}} days={days} label={formats.period(days.from, days.to)}>
      {formats.day(cohort.week)}
    </LeadsLink>
  );
}
