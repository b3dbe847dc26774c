/** What is said about one bucket of the trend: in the tooltip, and aloud. */
import type { ReactNode } from "react";
import type { TrendAnswer } from "../../src/contract/overview.ts";
import { bucketEnd } from "../format/days.ts";
import { useSpeech } from "../i18n/language.tsx";
import type { Speech } from "../i18n/speech.ts";

/** Width of the tooltip, as its style sheet has it. */
export const TOOLTIP_PX = 190;

/** What a bucket is called: its day, its days, or its month. */
function bucketName(speech: Speech, trend: TrendAnswer, index: number): string {
  const start = trend.start[index] as string;
  if (trend.grain === "day") return speech.formats.dayLong(start);
  if (trend.grain === "month") return speech.formats.month(start);
  return speech.formats.period(start, bucketEnd(start, "week", trend.frame.period.to));
}

/** The numbers of a bucket, in the order in which they are read out and shown. */
function bucketFacts(
  { t, formats }: Speech,
  trend: TrendAnswer,
  index: number,
): readonly { readonly name: string; readonly value: string }[] {
  return [
    { name: t("trend.spend"), value: formats.money(trend.spendMinor[index], trend.frame) },
    { name: t("trend.leads"), value: formats.count(trend.leads[index]) },
    { name: t("trend.qualified"), value: formats.count(trend.qualified[index]) },
    { name: t("trend.undecided"), value: formats.count(trend.undecided[index]) },
    { name: t("trend.impressions"), value: formats.count(trend.impressions[index]) },
    { name: t("trend.clicks"), value: formats.count(trend.clicks[index]) },
  ];
}

/** The bucket as one sentence for a screen reader. */
export function spoken(speech: Speech, trend: TrendAnswer, index: number): string {
  const facts = bucketFacts(speech, trend, index).map((fact) => `${fact.name}: ${fact.value}`);
  if (trend.immature[index]) facts.push(speech.t("trend.immatureShort"));
  return [bucketName(speech, trend, index), ...facts].join("; ");
}

/** The bucket under the pointer or the cursor, beside it and always inside the chart. */
export function Tooltip(props: {
  readonly trend: TrendAnswer;
  readonly index: number;
  readonly start: number;
}): ReactNode {
  const speech = useSpeech();
  const { trend, index } = props;
  const gap = trend.spendMinor[index] === null && trend.leads[index] === null;
  return (
    <div className="tooltip" style={{ insetInlineStart: props.start }} aria-hidden="true">
      <p className="tooltip-title">{bucketName(speech, trend, index)}</p>
      {gap ? (
        <p className="soft">{speech.t("trend.gap")}</p>
      ) : (
        <dl>
          {bucketFacts(speech, trend, index).map((fact) => (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd className="number">{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
      {trend.immature[index] ? <p className="soft">{speech.t("trend.immatureShort")}</p> : null}
    </div>
  );
}
