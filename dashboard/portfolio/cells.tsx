import type { ReactNode } from "react";
import type {
  PortfolioAnswer,
  PortfolioRow,
  PortfolioTally,
} from "../../src/contract/portfolio.ts";
import { meaningOf } from "../format/kpi.ts";
import type { Speech } from "../i18n/speech.ts";
import type { PortfolioColumn } from "./order.ts";
import { TargetCell, targetHelp } from "./target-cell.tsx";
import { TrendCell } from "./trend-cell.tsx";

type Money = Pick<PortfolioRow, "currency" | "currencyDecimals">;
type Frame = PortfolioAnswer["frame"];

/** What a line is written with besides itself. */
export interface Around {
  readonly speech: Speech;
  readonly frame: Frame;
  readonly bucketDays: number;
  readonly critical: ReadonlyMap<string, number>;
}

const COSTS = { cpl: "cplMinor", cpql: "cpqlAllInMinor" } as const;
const COUNTS = { leads: "leads", qualified: "qualified", never: "neverContacted" } as const;
type Shared = "spend" | keyof typeof COSTS | keyof typeof COUNTS | "judged";

/** A figure that an account and all of them together both have; `data-value` is what was served. */
function Figure(props: {
  readonly speech: Speech;
  readonly tally: PortfolioTally;
  readonly column: Shared;
  readonly money: Money;
}): ReactNode {
  const { speech, tally, column, money } = props;
  const { formats } = speech;
  if (column === "spend")
    return (
      <span data-value={tally.spendMinor ?? ""}>{formats.moneyShort(tally.spendMinor, money)}</span>
    );
  if (column === "cpl" || column === "cpql") {
    const { value } = tally[COSTS[column]];
    return <span data-value={value ?? ""}>{formats.moneyRough(value, money)}</span>;
  }
  if (column === "judged")
    return (
      <span data-value={tally.judgedShare.value ?? ""}>
        {formats.rate(tally.judgedShare.value)}
      </span>
    );
  const value = tally[COUNTS[column]];
  return <span data-value={value ?? ""}>{formats.count(value)}</span>;
}

export function figureHelp(
  { t, formats }: Speech,
  tally: PortfolioTally,
  column: PortfolioColumn,
  money: Money,
): string | undefined {
  if (column === "spend") return formats.money(tally.spendMinor, money);
  if (column === "never" && tally.neverContactedMinor !== null)
    return t("portfolio.neverHelp", { money: formats.money(tally.neverContactedMinor, money) });
  if (column === "judged" && tally.judgedShare.low !== null)
    return t("portfolio.judgedOf", {
      judged: formats.count(tally.judged),
      n: formats.count(tally.judgedShare.n),
      low: formats.rate(tally.judgedShare.low),
      high: formats.rate(tally.judgedShare.high),
    });
  if (column === "cpl" || column === "cpql") {
    const { low, high, n } = tally[COSTS[column]];
    if (low === null) return undefined;
    return t(high === null ? "portfolio.intervalOpen" : "portfolio.interval", {
      low: formats.moneyRough(low, money),
      high: formats.moneyRough(high, money),
      n: formats.count(n),
    });
  }
  return undefined;
}

/** All accounts together; money of several currencies is "mixed". */
export function TotalCell(props: {
  readonly around: Around;
  readonly totals: PortfolioTally;
  readonly column: Shared;
}): ReactNode {
  const { around, totals, column } = props;
  const { speech, frame } = around;
  const isMoney = column === "spend" || column === "cpl" || column === "cpql";
  if (isMoney && frame.currency === null)
    return (
      <span className="soft" title={speech.t("portfolio.mixedHelp")}>
        {speech.t("portfolio.mixed")}
      </span>
    );
  return (
    <span title={figureHelp(speech, totals, column, frame)}>
      <Figure speech={speech} tally={totals} column={column} money={frame} />
    </span>
  );
}

/** One cell of a line. */
export function PortfolioCell(props: {
  readonly around: Around;
  readonly row: PortfolioRow;
  readonly column: PortfolioColumn;
}): ReactNode {
  const { around, row, column } = props;
  const { speech, critical } = around;
  const { t, formats } = speech;
  switch (column) {
    case "account":
      return <bdi className="cut">{row.account}</bdi>;
    case "target":
      return <TargetCell row={row} speech={speech} />;
    case "trend":
      return <TrendCell row={row} bucketDays={around.bucketDays} />;
    case "change":
      return row.change.cpql === null ? (
        formats.count(null)
      ) : (
        <span
          className={`change change-${meaningOf(row.change.cpql, "down")}`}
          data-value={row.change.cpql}
        >
          <bdi>{formats.change(row.change.cpql)}</bdi>
        </span>
      );
    case "last":
      return (
        <>
          {row.lastDay === null ? formats.count(null) : formats.day(row.lastDay)}
          {row.stale ? (
            <span className="badge badge-warn portfolio-stale">{t("portfolio.stale")}</span>
          ) : null}
        </>
      );
    case "critical": {
      const found = critical.get(row.account) ?? 0;
      return found === 0 ? (
        <span className="soft">{formats.count(0)}</span>
      ) : (
        <span className="badge badge-warn">{formats.count(found)}</span>
      );
    }
    default:
      return <Figure speech={speech} tally={row} column={column} money={row} />;
  }
}

/** What a cell says when asked. */
export function cellHelp(around: Around, row: PortfolioRow, column: PortfolioColumn) {
  const { speech, frame } = around;
  const { t, n, formats } = speech;
  if (column === "account") return row.account;
  if (column === "target") return targetHelp(speech, row);
  if (column === "last" && row.behindDays) return n("portfolio.behind", row.behindDays);
  if (column === "change") {
    if (frame.previous === null || row.change.spend === null) return t("portfolio.noChange");
    return t("portfolio.changeHelp", {
      spend: formats.change(row.change.spend),
      leads: formats.change(row.change.leads),
      qualified: formats.change(row.change.qualified),
      period: formats.periodShort(frame.previous.from, frame.previous.to, frame.period.to),
    });
  }
  return figureHelp(speech, row, column, row);
}
