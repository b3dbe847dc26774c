import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Popover } from "../parts/popover.tsx";
import { CAMPAIGN_COLUMNS } from "../route/address.ts";
import { changeOwn } from "../route/use-address.ts";
import { type CampaignColumn, columnsText, headOf, USUAL_COLUMNS } from "./columns.ts";

function show(columns: readonly CampaignColumn[]): void {
  changeOwn({ cols: columnsText(columns) }, { replace: true });
}

/** Which columns are shown, and in which order; the campaign always leads. */
export function ColumnChoice(props: { readonly shown: readonly CampaignColumn[] }): ReactNode {
  const speech = useSpeech();
  const { t, formats } = speech;
  const { shown } = props;
  const hidden = CAMPAIGN_COLUMNS.filter((column) => !shown.includes(column));
  const moved = (column: CampaignColumn, by: -1 | 1) => {
    const next = [...shown];
    const at = next.indexOf(column);
    next.splice(at, 1);
    next.splice(at + by, 0, column);
    show(next);
  };
  return (
    <Popover
      name={t("campaigns.columns")}
      className="popover-end"
      label={t("campaigns.columnsOf", { n: formats.count(shown.length) })}
    >
      {() => (
        <div className="columns-choice">
          <ul>
            {shown.slice(1).map((column, i) => (
              <li key={column}>
                <label className="check">
                  <input
                    type="checkbox"
                    checked
                    onChange={() => show(shown.filter((one) => one !== column))}
                  />
                  {headOf(speech, column)}
                </label>
                <span className="columns-moves">
                  <button
                    type="button"
                    className="button-icon"
                    aria-label={t("campaigns.earlier", { name: headOf(speech, column) })}
                    disabled={i === 0}
                    onClick={() => moved(column, -1)}
                  >
                    <span aria-hidden="true">↑</span>
                  </button>
                  <button
                    type="button"
                    className="button-icon"
                    aria-label={t("campaigns.later", { name: headOf(speech, column) })}
                    disabled={i === shown.length - 2}
                    onClick={() => moved(column, 1)}
                  >
                    <span aria-hidden="true">↓</span>
                  </button>
                </span>
              </li>
            ))}
            {hidden.map((column) => (
              <li key={column}>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={false}
                    onChange={() => show([...shown, column])}
                  />
                  {headOf(speech, column)}
                </label>
              </li>
            ))}
          </ul>
          <button type="button" className="button" onClick={() => show(USUAL_COLUMNS)}>
            {t("campaigns.usualColumns")}
          </button>
        </div>
      )}
    </Popover>
  );
}
