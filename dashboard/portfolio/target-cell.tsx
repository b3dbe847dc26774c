import type { ReactNode } from "react";
import type { PortfolioRow } from "../../src/contract/portfolio.ts";
import type { Speech } from "../i18n/speech.ts";

/** How the cost stands to the target, in words and with its sign. */
export function targetText({ t, formats }: Speech, row: PortfolioRow): string {
  const { target, cpqlAllInMinor } = row;
  if (target === null) {
    return t(row.targetMinor === null ? "portfolio.target.no" : "portfolio.target.unknown");
  }
  if (target.verdict === "unsure")
    return t("portfolio.target.unsure", { n: formats.count(cpqlAllInMinor.n) });
  if (target.apart === null) return t("portfolio.target.aboveNone");
  return t(`portfolio.target.${target.verdict}`, { change: formats.change(target.apart) });
}

/** What that rests on. */
export function targetHelp({ t, formats }: Speech, row: PortfolioRow): string | undefined {
  const { target, cpqlAllInMinor } = row;
  if (target === null) {
    return row.targetMinor === null ? t("portfolio.target.noHelp") : undefined;
  }
  return t(cpqlAllInMinor.high === null ? "portfolio.target.helpOpen" : "portfolio.target.help", {
    target: formats.money(target.targetMinor, row),
    low: formats.moneyRough(cpqlAllInMinor.low, row),
    high: formats.moneyRough(cpqlAllInMinor.high, row),
    n: formats.count(cpqlAllInMinor.n),
  });
}

const BADGES = { within: "badge badge-good", above: "badge badge-warn", unsure: "badge" } as const;

export function TargetCell(props: {
  readonly row: PortfolioRow;
  readonly speech: Speech;
}): ReactNode {
  const { row, speech } = props;
  const words = targetText(speech, row);
  const verdict = row.target?.verdict;
  return (
    <span
      className={verdict === undefined ? "soft" : BADGES[verdict]}
      data-verdict={verdict ?? "none"}
    >
      {words}
    </span>
  );
}
