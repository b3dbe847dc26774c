import type { ReactNode } from "react";
import type { ColumnProfile, Picture, TableProfile } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useTableName } from "../i18n/table-name.ts";
import { Dialog } from "../parts/dialog.tsx";
import { changeAddress } from "../route/use-address.ts";
import { useColumnValue } from "./column-value.ts";
import { tickValue } from "./figures.ts";
import { PictureView } from "./picture.tsx";

const QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const SHOWN = 8;

/** One column in full: its picture, quantiles, most frequent values, shapes, gaps, and where values are missing. */
export function ColumnDrawer(props: {
  readonly table: TableProfile;
  readonly column: ColumnProfile;
  readonly money: Currency;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const { table, column, money } = props;
  const show = useColumnValue(column, money);
  const { numbers, time, length } = column;
  const facts: (readonly [string, string])[] = [
    [t("explore.kindOfColumn"), t(`explore.columnKind.${column.kind}`)],
    [
      t("explore.missing"),
      `${formats.count(column.missing)} (${formats.rate(column.missingShare)})`,
    ],
    [
      t("explore.distinct"),
      `${column.distinct.exact ? "" : "≈ "}${formats.count(column.distinct.value)}`,
    ],
  ];
  if (numbers) {
    facts.push(
      [t("explore.range"), `${show(numbers.min)} – ${show(numbers.max)}`],
      [t("explore.mean"), show(numbers.mean)],
      ...QUANTILES.map(
        (q, i) =>
          [
            t("explore.quantile", { share: tickValue(formats, "share", q, money) }),
            `${numbers.exact ? "" : "≈ "}${show(numbers.quantiles[i] ?? null)}`,
          ] as const,
      ),
      [t("explore.zeros"), formats.count(numbers.zeros)],
      [t("explore.negatives"), formats.count(numbers.negatives)],
      [t("explore.outliers"), formats.count(numbers.outliers)],
    );
    if (numbers.skew !== null) facts.push([t("explore.skew"), formats.ratio(numbers.skew)]);
  }
  if (time)
    facts.push(
      [t("explore.range"), formats.period(time.first.slice(0, 10), time.last.slice(0, 10))],
      [t("explore.gapDays"), formats.count(time.gapDays)],
    );
  if (length)
    facts.push([
      t("explore.length"),
      `${formats.count(length.min)} – ${formats.count(length.median)} – ${formats.count(length.max)}`,
    ]);
  const picture = usePictureOf(column, money);
  const uneven = [
    ...column.missingBy.month,
    ...column.missingBy.account,
    ...column.missingBy.source,
  ];
  return (
    <Dialog
      kind="drawer"
      title={
        <>
          {useTableName()(table.table)} · <code>{column.name}</code>
        </>
      }
      onClose={() => changeAddress({ column: null })}
    >
      {picture ? (
        <div className="wide">
          <PictureView picture={picture} money={{ ...money, currency: null }} name={column.name} />
        </div>
      ) : null}
      <dl className="facts-list">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <Shares
        title={t("explore.top")}
        rows={column.top.map(({ value, n: count }) => [
          column.kind === "money" ? show(Number(value)) : value,
          count,
        ])}
        of={table.rows}
      />
      <Shares
        title={t("explore.patterns")}
        rows={column.patterns.slice(0, SHOWN).map((one) => [one.pattern, one.n, one.example])}
        of={table.rows}
      />
      {uneven.length > 0 ? (
        <section className="wide">
          <h3>{t("explore.missingBy")}</h3>
          <ul className="plain">
            {uneven.slice(0, SHOWN).map((one) => (
              <li key={one.key}>
                <bdi>{one.key}</bdi>: {formats.rate(one.share)}{" "}
                <span className="soft">{t("kpi.sample", { n: formats.count(one.n) })}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {time && time.gaps.length > 0 ? (
        <section className="wide">
          <h3>{t("explore.gaps")}</h3>
          <ul className="plain">
            {time.gaps.slice(0, SHOWN).map((gap) => (
              <li key={gap.from}>
                {formats.period(gap.from, gap.to)}{" "}
                <span className="soft">{n("count.days", gap.days)}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {time && time.jumps.length > 0 ? (
        <section className="wide">
          <h3>{t("explore.jumps")}</h3>
          <ul className="plain">
            {time.jumps.slice(0, SHOWN).map((jump) => (
              <li key={jump.day}>
                {formats.day(jump.day)}: {n("count.rows", jump.n)}{" "}
                <span className="soft">
                  {t("explore.usually", { n: formats.count(Math.round(jump.usual)) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Dialog>
  );
}

/** Rows by month of a time, or by bin of a number. */
function usePictureOf(column: ColumnProfile, money: Currency): Picture | null {
  const show = useColumnValue(column, money);
  const { time, numbers } = column;
  const name = { en: "Rows", ar: "الصفوف" };
  if (time)
    return {
      kind: "bars",
      over: "month",
      unit: "count",
      x: time.months.map(({ month }) => month),
      series: [{ name, values: time.months.map((one) => one.n) }],
    };
  if (!numbers) return null;
  const { edges, counts } = numbers.histogram;
  return {
    kind: "bars",
    over: "label",
    unit: "count",
    x: counts.map((_, i) => show(edges[i] ?? null)),
    series: [{ name, values: counts }],
  };
}

function Shares(props: {
  readonly title: string;
  readonly rows: readonly (readonly [string, number, string?])[];
  readonly of: number;
}): ReactNode {
  const { formats } = useSpeech();
  const { rows } = props;
  if (rows.length === 0) return null;
  const most = Math.max(1, ...rows.map(([, n]) => n));
  return (
    <section className="wide">
      <h3>{props.title}</h3>
      <ul className="lying">
        {rows.map(([value, n, example]) => (
          <li key={value}>
            <bdi className={`lying-name ${example === undefined ? "" : "code"}`} title={value}>
              {example ?? value}
            </bdi>
            <span className="lying-track" aria-hidden="true">
              <span className="lying-bar" style={{ inlineSize: `${(n / most) * 100}%` }} />
            </span>
            <bdi className="lying-value">
              {formats.count(n)} · {formats.rate(props.of === 0 ? null : n / props.of)}
            </bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
