import { type ReactNode, useMemo } from "react";
import type {
  Segment,
  Segmentation,
  SegmentsAnswer,
  SegmentTally,
} from "../../src/contract/campaigns.ts";
import type { Estimate } from "../../src/contract/common.ts";
import { NO_SEGMENT } from "../../src/contract/names.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { type Address, HOME, type Order } from "../route/address.ts";
import { changeAddress, changeOwn, useAddress, useLink } from "../route/use-address.ts";
import { useSegmentName } from "./segment-name.ts";

const COLUMNS = [
  "spend",
  "leads",
  "judged",
  "judgedShare",
  "qualified",
  "conversion",
  "cpl",
  "cpql",
] as const;
type Column = (typeof COLUMNS)[number];

const ESTIMATES: Partial<Record<Column, (tally: SegmentTally) => Estimate>> = {
  judgedShare: ({ judgedShare }) => judgedShare,
  conversion: ({ conversion }) => conversion,
  cpl: ({ cplMinor }) => cplMinor,
  cpql: ({ cpqlMinor }) => cpqlMinor,
};

function figureOf(tally: SegmentTally, column: Column): number | null {
  if (column === "spend") return tally.spendMinor;
  if (column === "leads" || column === "judged" || column === "qualified") return tally[column];
  return ESTIMATES[column]?.(tally).value ?? null;
}

/** Segments with their sums, shares and costs; two can be chosen to be held side by side. */
export function SegmentTable(props: {
  readonly answer: SegmentsAnswer;
  readonly sort: string;
  readonly order: Order;
  readonly left: string | null;
  readonly right: string | null;
}): ReactNode {
  const speech = useSpeech();
  const { t, n, formats } = speech;
  const { answer, left, right } = props;
  const { own } = useAddress();
  const name = useSegmentName(speech, answer.by, answer.frame);
  const columns = COLUMNS.filter(
    (column) => answer.by !== "slot" || !["spend", "cpl", "cpql"].includes(column),
  );
  const choose = (key: string) => {
    if (key === left) changeAddress({ left: right, right: null });
    else if (key === right) changeAddress({ right: null });
    else if (left === null) changeAddress({ left: key });
    else changeAddress({ right: key });
  };
  const heads = ["segment" as const, ...columns];
  return (
    <ScrollBox className="table-segments-box" name={t("segments.title")}>
      <table className="table table-segments">
        <thead>
          <tr>
            <th scope="col" className="pick">
              {t("segments.pick")}
            </th>
            {heads.map((column) => (
              <th
                key={column}
                scope="col"
                className={column === "segment" ? undefined : "number"}
                aria-sort={
                  column === props.sort
                    ? props.order === "asc"
                      ? "ascending"
                      : "descending"
                    : "none"
                }
              >
                <button
                  type="button"
                  className="sort"
                  onClick={() => {
                    const first: Order = column === "segment" ? "asc" : "desc";
                    const turned: Order = props.order === "asc" ? "desc" : "asc";
                    changeAddress({
                      order: column === props.sort ? turned : first,
                      own: { ...own, rank: column },
                    });
                  }}
                >
                  {column === "segment"
                    ? t(`segments.by.${answer.by}`)
                    : t(`segments.column.${column}`)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.items.map((segment) => (
            <tr key={segment.key} data-id={segment.key}>
              <td className="pick">
                <input
                  type="checkbox"
                  aria-label={t("segments.pickOne", { name: name(segment) })}
                  checked={segment.key === left || segment.key === right}
                  onChange={() => choose(segment.key)}
                />
              </td>
              <th scope="row" className="cut-cell">
                <SegmentName by={answer.by} segment={segment} name={name(segment)} />
              </th>
              <Cells tally={segment} columns={columns} answer={answer} differs={segment.differs} />
            </tr>
          ))}
          {answer.rest === null ? null : (
            <tr data-id="rest">
              <td />
              <th scope="row" className="soft">
                {n("count.restGroups", answer.rest.segments)}
              </th>
              <Cells tally={answer.rest} columns={columns} answer={answer} differs={null} />
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr data-id="total">
            <td />
            <th scope="row">{t("campaigns.total", { n: formats.count(answer.segments) })}</th>
            <Cells tally={answer.total} columns={columns} answer={answer} differs={null} />
          </tr>
        </tfoot>
      </table>
      {own.rank === undefined ? null : (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => changeOwn({ rank: null })}
        >
          {t("segments.usualOrder")}
        </button>
      )}
    </ScrollBox>
  );
}

/** What a segment is called; a project or account leads to its campaigns. */
function SegmentName(props: {
  readonly by: Segmentation;
  readonly segment: Segment;
  readonly name: string;
}): ReactNode {
  const { selection } = useAddress();
  const { by, segment, name } = props;
  const { key } = segment;
  const target = useMemo<Address>(
    () => ({
      ...HOME,
      place: "campaigns",
      selection:
        by === "account" ? { ...selection, account: [key] } : { ...selection, project: [key] },
    }),
    [selection, by, key],
  );
  const link = useLink(target);
  const text = (
    <bdi className="cut" title={name}>
      {name}
    </bdi>
  );
  if ((by !== "project" && by !== "account") || key === NO_SEGMENT) return text;
  return (
    <a {...link} className="link cut">
      {text}
    </a>
  );
}

function Cells(props: {
  readonly tally: SegmentTally;
  readonly columns: readonly Column[];
  readonly answer: SegmentsAnswer;
  readonly differs: Segment["differs"];
}): ReactNode {
  const { t, formats } = useSpeech();
  const { tally, columns, answer, differs } = props;
  const show = (column: Column, value: number | null) => {
    if (column === "spend") return formats.moneyShort(value, answer.frame);
    if (column === "cpl" || column === "cpql") return formats.moneyRough(value, answer.frame);
    return column === "judgedShare" || column === "conversion"
      ? formats.rate(value)
      : formats.count(value);
  };
  return columns.map((column) => {
    const estimate = ESTIMATES[column]?.(tally);
    const value = figureOf(tally, column);
    return (
      <td
        key={column}
        className="number"
        data-column={column}
        data-value={value ?? ""}
        title={column === "spend" ? formats.money(value, answer.frame) : undefined}
      >
        <bdi>{show(column, value)}</bdi>
        {column === "conversion" && (differs === "higher" || differs === "lower") ? (
          <span
            className={`badge ${differs === "higher" ? "badge-good" : "badge-warn"}`}
            data-differs={differs}
          >
            {t(`segments.differs.${differs}`)}
          </span>
        ) : null}
        {estimate === undefined || estimate.low === null ? null : (
          <span className="label-soft interval">
            <bdi>
              {show(column, estimate.low)} –{" "}
              {estimate.high === null ? "∞" : show(column, estimate.high)}
            </bdi>
          </span>
        )}
      </td>
    );
  });
}
