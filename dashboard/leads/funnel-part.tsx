import { type CSSProperties, type ReactNode, useRef, useState } from "react";
import type { FlowAnswer } from "../../src/contract/leads.ts";
import { STAGES } from "../../src/contract/names.ts";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import { ChartFiles } from "../charts/chart-files.tsx";
import { Sankey } from "../charts/sankey.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { FilterBar } from "../overview/filter-bar.tsx";
import { useStageName } from "../overview/funnel.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { useFlow } from "../query/leads.ts";
import { useAddress } from "../route/use-address.ts";
import { BulkChoice, useBulk } from "./bulk-choice.tsx";
import { LeadsLink } from "./leads-link.tsx";

const ORDER = ["arrival", ...STAGES, "unmapped"];

/** Where leads stand, how long they stood in each stage, and from where to where they went. */
export function FunnelPart(props: { readonly facets: FacetsAnswer }): ReactNode {
  const { t } = useSpeech();
  const { selection } = useAddress();
  const query = useFlow(selection, useBulk());
  return (
    <>
      <FilterBar facets={props.facets} shown={query.data?.frame.period} />
      <Panel title={t("flow.standingTitle")} actions={<BulkChoice />}>
        <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
          {(answer) => <Stages answer={answer} />}
        </Answered>
      </Panel>
      <MovesPanel query={query} />
    </>
  );
}

function Stages(props: { readonly answer: FlowAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const stageName = useStageName();
  const { answer } = props;
  if (answer.leads === null) return <p className="soft">{t("kpi.missing.not_recorded")}</p>;
  if (answer.leads === 0) return <p className="soft">{t("funnel.none")}</p>;
  return (
    <>
      <ScrollBox name={t("flow.standingTitle")}>
        <table className="table table-stages">
          <thead>
            <tr>
              <th scope="col">{t("lead.stage")}</th>
              <th scope="col" className="number">
                {t("flow.standing")}
              </th>
              <th scope="col">{t("flow.reached")}</th>
              <th scope="col" className="number" title={t("flow.stayHelp")}>
                {t("flow.stay")}
              </th>
              <th scope="col" className="number">
                {t("flow.still")}
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.stages
              .filter(({ at, stay, reached }) => at > 0 || stay.n > 0 || reached !== null)
              .map(({ stage, at, reached, shareOfLeads, stay }) => (
                <tr key={stage} data-stage={stage} data-at={at}>
                  <th scope="row">{stageName(stage)}</th>
                  <td className="number">
                    {at === 0 ? (
                      formats.count(0)
                    ) : (
                      <LeadsLink filters={{ stage }}>{formats.count(at)}</LeadsLink>
                    )}
                  </td>
                  <td className="funnel-bar">
                    {reached === null ? null : (
                      <>
                        <span
                          className="funnel-fill"
                          style={{ "--share": shareOfLeads ?? 0 } as CSSProperties}
                          aria-hidden="true"
                        />
                        <span className="funnel-number">
                          {formats.count(reached)}{" "}
                          <span className="soft">{formats.rate(shareOfLeads)}</span>
                        </span>
                      </>
                    )}
                  </td>
                  <td className="number" data-median={stay.medianMinutes ?? ""}>
                    {stay.n === 0 ? (
                      <span title={t("flow.stayHelp")}>{formats.count(null)}</span>
                    ) : (
                      <>
                        <strong>{formats.duration(stay.medianMinutes)}</strong>{" "}
                        <span className="soft">
                          {t("flow.range", {
                            low: formats.duration(stay.q1Minutes),
                            high: formats.duration(stay.q3Minutes),
                          })}{" "}
                          · {t("leads.sample", { n: formats.count(stay.n) })}
                        </span>
                      </>
                    )}
                  </td>
                  <td className="number soft">{formats.count(stay.still)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className="soft note">
        {t("flow.logged", {
          n: formats.count(answer.logged),
          all: formats.count(answer.leads),
        })}{" "}
        {t("flow.stayHelp")}
      </p>
    </>
  );
}

function MovesPanel(props: { readonly query: ReturnType<typeof useFlow> }): ReactNode {
  const { t } = useSpeech();
  const [showData, setShowData] = useState(false);
  const svg = useRef<SVGSVGElement>(null);
  return (
    <Panel
      title={t("flow.moves")}
      actions={
        <>
          <button
            type="button"
            className="button button-quiet"
            aria-expanded={showData}
            onClick={() => setShowData(!showData)}
          >
            {t(showData ? "action.hideData" : "action.showData")}
          </button>
          <ChartFiles svg={svg} name="lead-moves" />
        </>
      }
    >
      <Answered query={props.query} skeleton={<Skeleton className="skeleton-chart" />}>
        {(answer) => <Moves answer={answer} showData={showData} svg={svg} />}
      </Answered>
    </Panel>
  );
}

function Moves(props: {
  readonly answer: FlowAnswer;
  readonly showData: boolean;
  readonly svg: React.RefObject<SVGSVGElement | null>;
}): ReactNode {
  const { t, n, formats, direction } = useSpeech();
  const stageName = useStageName();
  const { answer } = props;
  const name = (stage: string) => (stage === "arrival" ? t("flow.arrival") : stageName(stage));
  const all = answer.nodes.find((node) => node.step === 0)?.leads ?? 0;
  if (answer.links.length === 0) return <p className="soft">{t("flow.noMoves")}</p>;
  return (
    <>
      <p className="soft note">
        {t("flow.movesHelp")}{" "}
        {answer.further > 0 ? t("flow.further", { n: formats.count(answer.further) }) : null}
      </p>
      <Sankey
        nodes={answer.nodes}
        links={answer.links}
        order={ORDER}
        rtl={direction === "rtl"}
        title={t("flow.moves")}
        label={(node) => `${name(node.stage)} ${formats.count(node.leads)}`}
        says={(node) =>
          t("flow.node", {
            stage: name(node.stage),
            step: formats.count(node.step),
            leads: n("leads.matching", node.leads),
            share: formats.rate(all === 0 ? null : node.leads / all),
          })
        }
        svgRef={props.svg}
      />
      {props.showData ? (
        <ScrollBox name={t("flow.moves")} className="table-data">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("flow.step", { n: "" }).trim()}</th>
                <th scope="col">{t("flow.from")}</th>
                <th scope="col">{t("flow.to")}</th>
                <th scope="col" className="number">
                  {t("column.leads")}
                </th>
              </tr>
            </thead>
            <tbody>
              {answer.links.map((link) => (
                <tr key={`${link.step} ${link.from} ${link.to}`}>
                  <td>{formats.count(link.step + 1)}</td>
                  <td>{name(link.from)}</td>
                  <td>{name(link.to)}</td>
                  <td className="number">{formats.count(link.leads)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      ) : null}
    </>
  );
}
