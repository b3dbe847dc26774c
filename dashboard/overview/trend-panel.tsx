import { type ReactNode, Suspense, useRef, useState } from "react";
import type { FacetsAnswer, TrendAnswer } from "../../src/contract/overview.ts";
import { ChartFiles } from "../charts/chart-files.tsx";
import { trendCsv } from "../charts/trend-csv.ts";
import { bucketEnd } from "../format/days.ts";
import { useSpeech } from "../i18n/language.tsx";
import { later } from "../parts/later.ts";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { useTrend } from "../query/overview.ts";
import { EVERYTHING, type Grain, isNarrowed } from "../route/address.ts";
import { changeAddress, changeSelection, useAddress } from "../route/use-address.ts";

const TrendChart = later(async () => (await import("../charts/trend-chart.tsx")).TrendChart);

const GRAINS: readonly Grain[] = ["day", "week", "month"];

/** Spend, leads and qualified leads over time, as a picture, a table and files. */
export function TrendPanel(props: { readonly facets: FacetsAnswer }): ReactNode {
  const { t } = useSpeech();
  const { selection, grain } = useAddress();
  const query = useTrend(selection, grain);
  const [showData, setShowData] = useState(false);
  const svg = useRef<SVGSVGElement>(null);
  const name = query.data
    ? `trend-${query.data.grain}-${query.data.frame.period.from}-${query.data.frame.period.to}`
    : "trend";
  const { data } = query;
  return (
    <Panel
      title={t("trend.title")}
      actions={
        <>
          <Segmented
            name={t("trend.grain")}
            value={grain}
            choices={GRAINS.map((value) => ({ value, label: t(`trend.${value}`) }))}
            onChange={(value) => changeAddress({ grain: value })}
          />
          <button
            type="button"
            className="button button-quiet"
            aria-expanded={showData}
            onClick={() => setShowData(!showData)}
          >
            {t(showData ? "action.hideData" : "action.showData")}
          </button>
          <ChartFiles
            svg={svg}
            name={name}
            csv={() => (data ? trendCsv(data) : "")}
            disabled={!data}
          />
        </>
      }
    >
      <Answered query={query} skeleton={<Skeleton className="skeleton-chart" />}>
        {(trend) => (
          <>
            {isNothing(trend) ? (
              <NothingHere trend={trend} facets={props.facets} />
            ) : (
              <Suspense fallback={<Skeleton className="skeleton-chart" />}>
                <TrendChart
                  trend={trend}
                  svgRef={svg}
                  onZoom={(from, to) => changeSelection({ from, to })}
                />
              </Suspense>
            )}
            {showData ? <TrendTable trend={trend} /> : null}
          </>
        )}
      </Answered>
    </Panel>
  );
}

/** No row at all in the period. */
function isNothing(trend: TrendAnswer): boolean {
  return [trend.spendMinor, trend.leads].every((column) => column.every((value) => value === null));
}

/** An empty period: where the data are, and the way there. */
function NothingHere(props: {
  readonly trend: TrendAnswer;
  readonly facets: FacetsAnswer;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { selection } = useAddress();
  const { period } = props.trend.frame;
  const { firstDay, lastDay } = props.facets;
  return (
    <div className="chart-nothing">
      <p>
        {t("overview.nothing", { period: formats.period(period.from, period.to) })}{" "}
        {firstDay && lastDay
          ? t("overview.dataGoes", { from: formats.day(firstDay), to: formats.day(lastDay) })
          : null}
      </p>
      <div className="buttons">
        {selection.from !== null || selection.to !== null ? (
          <button
            type="button"
            className="button"
            onClick={() => changeSelection({ from: null, to: null })}
          >
            {t("overview.showActive")}
          </button>
        ) : null}
        {isNarrowed({ ...selection, from: null, to: null }) ? (
          <button
            type="button"
            className="button"
            onClick={() => changeAddress({ selection: { ...EVERYTHING, basis: selection.basis } })}
          >
            {t("action.clearFilters")}
          </button>
        ) : null}
      </div>
    </div>
  );
}

function TrendTable(props: { readonly trend: TrendAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { trend } = props;
  const { currency } = trend.frame;
  const columns = [
    { name: t("column.leads"), values: trend.leads, key: "leads" },
    { name: t("column.qualified"), values: trend.qualified, key: "qualified" },
    { name: t("column.undecided"), values: trend.undecided, key: "undecided" },
    { name: t("column.impressions"), values: trend.impressions, key: "impressions" },
    { name: t("column.clicks"), values: trend.clicks, key: "clicks" },
  ];
  return (
    <ScrollBox className="table-data" name={t("trend.title")}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t("trend.start")}</th>
            <th scope="col" className="number">
              {currency === null
                ? t("column.spend")
                : t("column.inCurrency", {
                    name: t("column.spend"),
                    currency: formats.currencySign(currency),
                  })}
            </th>
            {columns.map((column) => (
              <th key={column.key} scope="col" className="number">
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {trend.start.map((start, index) => (
            <tr key={start} data-start={start}>
              <th scope="row">
                {trend.grain === "day"
                  ? formats.day(start)
                  : formats.period(start, bucketEnd(start, trend.grain, trend.frame.period.to))}
                {trend.immature[index] ? (
                  <span className="soft"> · {t("trend.immatureShort")}</span>
                ) : null}
              </th>
              <td className="number" data-column="spend" data-value={trend.spendMinor[index] ?? ""}>
                {formats.amount(trend.spendMinor[index], trend.frame)}
              </td>
              {columns.map((column) => (
                <td
                  key={column.key}
                  className="number"
                  data-column={column.key}
                  data-value={column.values[index] ?? ""}
                >
                  {formats.count(column.values[index])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
