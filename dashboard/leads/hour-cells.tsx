import type { ReactNode } from "react";
import type { SpeedAnswer } from "../../src/contract/leads.ts";
import { heatClass } from "../charts/heat.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { LeadsLink } from "./leads-link.tsx";
import { hourName, weekdayName } from "./weekday-name.ts";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Smaller samples colour no scale. */
const ENOUGH = 20;

/** Share contacted within a day by weekday and hour of arrival; each cell opens its leads. */
export function HourCells(props: { readonly answer: SpeedAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { answer } = props;
  const { cells, workDays, workHours } = answer;
  const most = Math.max(
    0.001,
    ...cells.flatMap((cell) => (cell.n >= ENOUGH ? (cell.dayShare ?? 0) : 0)),
  );
  const first = Math.min(...workDays, 6);
  const days = Array.from({ length: 7 }, (_, i) => (first + i) % 7);
  return (
    <>
      <p className="soft note">{t("speed.cellsHelp")}</p>
      <ScrollBox name={t("speed.cells")} className="heat-box">
        <table className="table heat-table heat-hours">
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">{t("lead.weekday")}</span>
              </th>
              {HOURS.map((hour) => (
                <th key={hour} scope="col" className="heat-head">
                  <span className="sr-only">{hourName(formats, hour)}</span>
                  <span aria-hidden="true">{formats.plain(hour)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((weekday) => (
              <tr key={weekday} data-weekday={weekday}>
                <th scope="row">{weekdayName(formats.language, weekday)}</th>
                {HOURS.map((hour) => {
                  const cell = cells.find((one) => one.weekday === weekday && one.hour === hour);
                  const works =
                    workDays.includes(weekday) && hour >= workHours[0] && hour < workHours[1];
                  const frame = works ? "heat-works" : "";
                  if (cell === undefined)
                    return <td key={hour} className={`heat heat-blank ${frame}`} />;
                  const says = t("speed.cell", {
                    day: weekdayName(formats.language, weekday),
                    hour: hourName(formats, hour),
                    share: formats.rate(cell.dayShare),
                    n: formats.count(cell.n),
                  });
                  return (
                    <td
                      key={hour}
                      className={`${heatClass(cell.dayShare, most)} ${frame}`}
                      title={says}
                      data-n={cell.n}
                      data-leads={cell.leads}
                    >
                      <LeadsLink
                        className="heat-link"
                        label={says}
                        filters={{ weekday: String(weekday), hour: String(hour) }}
                      >
                        {cell.dayShare === null
                          ? formats.count(null)
                          : formats.count(Math.round(cell.dayShare * 100))}
                      </LeadsLink>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}
