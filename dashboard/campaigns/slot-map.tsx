import { type CSSProperties, type ReactNode, useState } from "react";
import type { Segment, SegmentsAnswer } from "../../src/contract/campaigns.ts";
import { usePreferences } from "../frame/preferences.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { hourName, weekdayName } from "./segment-name.ts";

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const SHOWN = ["leads", "judgedShare", "conversion"] as const;
type Shown = (typeof SHOWN)[number];
/** Fewer leads than this say nothing of a share. */
const LEAST = 5;

function valueIn(segment: Segment | undefined, shown: Shown): number | null {
  if (segment === undefined) return null;
  if (shown === "leads") return segment.leads;
  const { value, n } = segment[shown];
  return (n ?? 0) < LEAST ? null : value;
}

/** When leads arrive: weekday by hour, darker where there is more; shares of very few leads stay blank. */
export function SlotMap(props: { readonly answer: SegmentsAnswer }): ReactNode {
  const { t, formats, language } = useSpeech();
  const { digits } = usePreferences();
  const [shown, setShown] = useState<Shown>("leads");
  const slots = new Map(props.answer.items.map((segment) => [segment.key, segment]));
  const at = (day: number, hour: number) => slots.get(`${day}-${hour}`);
  const most = Math.max(
    ...DAYS.flatMap((day) => HOURS.map((hour) => valueIn(at(day, hour), shown) ?? 0)),
  );
  return (
    <div className="slots">
      <Segmented
        name={t("segments.shown")}
        value={shown}
        choices={SHOWN.map((value) => ({ value, label: t(`segments.column.${value}`) }))}
        onChange={setShown}
      />
      <ScrollBox name={t("segments.map")}>
        <table className="slot-map">
          <thead>
            <tr>
              <td />
              {HOURS.map((hour) => (
                <th key={hour} scope="col">
                  {formats.plain(hour)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {DAYS.map((day) => (
              <tr key={day}>
                <th scope="row">{weekdayName(language, day)}</th>
                {HOURS.map((hour) => {
                  const segment = at(day, hour);
                  const value = valueIn(segment, shown);
                  const text = shown === "leads" ? formats.count(value) : formats.rate(value);
                  const name = t("segments.slot", {
                    day: weekdayName(language, day),
                    hour: hourName(language, digits, hour),
                  });
                  const n = segment?.[shown === "conversion" ? "judged" : "leads"] ?? 0;
                  return (
                    <td
                      key={hour}
                      data-value={value ?? ""}
                      title={`${name}: ${text} (${t("kpi.sample", { n: formats.count(n) })})`}
                      style={
                        {
                          "--heat": value === null || most === 0 ? 0 : value / most,
                        } as CSSProperties
                      }
                    >
                      <span className="sr-only">{text}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </div>
  );
}
