import type { ReactNode } from "react";
import type {
  Contrast,
  Segment,
  Segmentation,
  SegmentPairAnswer,
  SegmentsAnswer,
} from "../../src/contract/campaigns.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { useSegmentPair } from "../query/campaigns.ts";
import { changeAddress, useAddress } from "../route/use-address.ts";
import { PValue } from "./p-value.tsx";
import { useSegmentName } from "./segment-name.ts";

const ALARM = 0.05;

/** Two segments side by side: how far apart they are, how sure that is, and what it says in a sentence. */
export function SegmentPair(props: {
  readonly answer: SegmentsAnswer;
  readonly by: Segmentation;
  readonly left: string | null;
  readonly right: string | null;
}): ReactNode {
  const speech = useSpeech();
  const { t } = speech;
  const { selection } = useAddress();
  const { by, left, right, answer } = props;
  const query = useSegmentPair(selection, by, left, right);
  const name = useSegmentName(speech, by, answer.frame);
  const sides = ["left", "right"] as const;
  if (answer.segments < 2) return null;
  return (
    <Panel
      title={t("segments.compare")}
      actions={sides.map((side) => (
        <select
          key={side}
          className="input segment-choice"
          aria-label={t(`segments.${side}`)}
          value={(side === "left" ? left : right) ?? ""}
          onChange={(event) => changeAddress({ [side]: event.target.value || null })}
        >
          <option value="">{t(`segments.${side}`)}</option>
          {answer.items.map((segment) => (
            <option key={segment.key} value={segment.key}>
              {name(segment)}
            </option>
          ))}
        </select>
      ))}
    >
      {left === null || right === null || left === right ? (
        <p className="soft">{t("segments.chooseTwo")}</p>
      ) : (
        <Answered query={query} skeleton={<Skeleton className="skeleton-filters" />}>
          {(pair) => <Contrasts pair={pair} name={name} />}
        </Answered>
      )}
    </Panel>
  );
}

function Contrasts(props: {
  readonly pair: SegmentPairAnswer;
  readonly name: (segment: Segment) => string;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const { pair, name } = props;
  const { left, right, frame } = pair;
  const money = (value: number | null) => formats.moneyRough(value, frame);
  const rows = [
    {
      id: "conversion",
      left: left.conversion,
      right: right.conversion,
      contrast: pair.conversion,
      show: formats.rate,
    },
    {
      id: "judgedShare",
      left: left.judgedShare,
      right: right.judgedShare,
      contrast: pair.judgedShare,
      show: formats.rate,
    },
    { id: "cpl", left: left.cplMinor, right: right.cplMinor, contrast: pair.cpl, show: money },
    { id: "cpql", left: left.cpqlMinor, right: right.cpqlMinor, contrast: pair.cpql, show: money },
  ] as const;
  return (
    <>
      <p className="segment-says" data-says>
        <Sentence pair={pair} name={name} />
      </p>
      <ScrollBox name={t("segments.compare")}>
        <table className="table table-pair">
          <thead>
            <tr>
              <th scope="col">{t("campaign.measure")}</th>
              <th scope="col" className="number">
                <bdi>{name(left)}</bdi>
              </th>
              <th scope="col" className="number">
                <bdi>{name(right)}</bdi>
              </th>
              <th scope="col" className="number">
                {t("segments.difference")}
              </th>
              <th scope="col" className="number">
                {t("segments.chance")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} data-measure={row.id}>
                <th scope="row">{t(`segments.column.${row.id}`)}</th>
                {[row.left, row.right].map((side, i) => (
                  <td key={i === 0 ? "left" : "right"} className="number">
                    <bdi>{row.show(side.value)}</bdi>
                    <span className="label-soft interval">
                      {t("kpi.sample", { n: formats.count(side.n) })}
                    </span>
                  </td>
                ))}
                <td className="number" data-value={row.contrast?.value ?? ""}>
                  <Difference
                    contrast={row.contrast}
                    ratio={row.id === "cpl" || row.id === "cpql"}
                  />
                </td>
                <td className="number">
                  {row.contrast === null ? formats.count(null) : <PValue p={row.contrast.p} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className="label-soft">
        {t("segments.pairHow")} {n("segments.pairs", pair.pairs)}
      </p>
    </>
  );
}

function Difference(props: {
  readonly contrast: Contrast | null;
  readonly ratio: boolean;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { contrast, ratio } = props;
  if (contrast === null) return formats.count(null);
  const { value, low, high } = contrast;
  const show = (one: number) =>
    ratio
      ? `× ${formats.ratio(one)}`
      : t("segments.points", {
          n: `${one > 0 ? "+" : one < 0 ? "−" : ""}${formats.ratio(Math.abs(one) * 100)}`,
        });
  return (
    <>
      <bdi>{show(value)}</bdi>
      <span className="label-soft interval">
        <bdi>
          {show(low)} … {high === null ? "∞" : show(high)}
        </bdi>
      </span>
    </>
  );
}

/** What the shares of qualified leads say, in a sentence that claims no more than they do. */
function Sentence(props: {
  readonly pair: SegmentPairAnswer;
  readonly name: (segment: Segment) => string;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { pair, name } = props;
  const { left, right, conversion } = pair;
  if (conversion === null) return t("segments.says.nothing");
  const names = { left: name(left), right: name(right) };
  const facts = {
    ...names,
    leftShare: formats.rate(left.conversion.value),
    rightShare: formats.rate(right.conversion.value),
    leftN: formats.count(left.judged),
    rightN: formats.count(right.judged),
  };
  const differs = conversion.p < ALARM && (conversion.low > 0 || (conversion.high ?? 0) < 0);
  const points = (one: number) => formats.ratio(Math.abs(one) * 100);
  const ends = [Math.abs(conversion.low), Math.abs(conversion.high ?? 0)].sort((a, b) => a - b);
  return (
    <>
      {t("segments.says.shares", facts)}{" "}
      {differs
        ? t(conversion.value > 0 ? "segments.says.better" : "segments.says.worse", {
            ...names,
            low: points(ends[0] ?? 0),
            high: points(ends[1] ?? 0),
          })
        : t("segments.says.chance")}
    </>
  );
}
