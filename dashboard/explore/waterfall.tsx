import type { ReactNode } from "react";
import type { Waterfall } from "../../src/contract/explore.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Panel } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { signed } from "./figures.ts";
import { useTold } from "./told.ts";
import { type Step, waterfallSteps } from "./waterfall-steps.ts";

const TOTALS = {
  raw: "explore.raw",
  corrected: "explore.corrected",
  proposed: "explore.ifAccepted",
} as const;

/** From raw to corrected spend, step by step; what is proposed and not decided is drawn hollow. */
export function WaterfallPanel(props: { readonly waterfall: Waterfall }): ReactNode {
  const { t, formats } = useSpeech();
  const told = useTold();
  const { waterfall } = props;
  const steps = waterfallSteps(waterfall);
  if (steps === null)
    return (
      <Panel title={t("explore.waterfall")}>
        <p className="soft">{t("kpi.missing.mixed_currency")}</p>
      </Panel>
    );
  const { rows, floor, end } = steps;
  const at = (level: number) => ((Math.max(level, floor) - floor) / (end - floor)) * 100;
  const isTotal = (row: Step) => row.kind === "total" || row.kind === "hollow";
  const withLeads = rows.some((row) => !isTotal(row) && row.leads !== 0 && row.leads !== null);
  const nameOf = (row: Step) =>
    row.label === null ? t(TOTALS[row.id as keyof typeof TOTALS]) : told(row.label);
  return (
    <Panel title={t("explore.waterfall")}>
      <ScrollBox name={t("explore.waterfall")}>
        <table className="table table-waterfall">
          <thead>
            <tr>
              <th scope="col">{t("explore.step")}</th>
              <td className="waterfall-cell" aria-hidden="true" />
              <th scope="col" className="number">
                {t("column.spend")}
              </th>
              {withLeads ? (
                <th scope="col" className="number">
                  {t("column.leads")}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.kind} ${row.id}`} data-step={row.id} data-kind={row.kind}>
                <th scope="row" className={isTotal(row) ? "strong" : undefined}>
                  {nameOf(row)}
                  {row.kind === "proposed" ? (
                    <span className="soft"> · {t("explore.notDecided")}</span>
                  ) : null}
                </th>
                <td className="waterfall-cell" aria-hidden="true">
                  <span className="waterfall-track">
                    <span
                      className={`waterfall-bar waterfall-${row.kind}`}
                      style={{
                        insetInlineStart: `${at(Math.min(row.from, row.to))}%`,
                        inlineSize: `max(2px, ${at(Math.max(row.from, row.to)) - at(Math.min(row.from, row.to))}%)`,
                      }}
                    />
                    {floor > 0 && isTotal(row) ? <span className="waterfall-cut" /> : null}
                  </span>
                </td>
                <td className="number" data-spend={row.spendMinor ?? ""}>
                  <bdi>
                    {isTotal(row)
                      ? formats.money(row.spendMinor, waterfall)
                      : signed(row.spendMinor, (size) => formats.money(size, waterfall))}
                  </bdi>
                </td>
                {withLeads ? (
                  <td className="number" data-leads={row.leads ?? ""}>
                    <bdi>
                      {isTotal(row)
                        ? formats.count(row.leads)
                        : signed(row.leads, (size) => formats.count(size))}
                    </bdi>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {floor > 0 ? (
        <p className="label-soft waterfall-note">
          {t("explore.axisCut", { money: formats.moneyShort(floor, waterfall) })}
        </p>
      ) : null}
    </Panel>
  );
}
