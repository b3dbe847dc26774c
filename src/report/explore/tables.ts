/** Profiles of the tables: one line per column, the rest on demand. */
import type { ColumnProfile, Relation, TableProfile } from "../../contract/explore.ts";
import { chartOf, sparkOf } from "./charts.ts";
import { type Html, html } from "./html.ts";
import type { Voice } from "./words.ts";

const DAY_MS = 86_400_000;
const SHOWN_TOP = 4;

/** A number of a column as its kind is read: money with its currency, dates as days. */
export function shownValue(column: ColumnProfile, value: number, voice: Voice): string {
  if (column.kind === "money") return voice.money(Math.round(value));
  if (column.kind === "date" || column.kind === "timestamp")
    return voice.formats.day(new Date(value * DAY_MS).toISOString().slice(0, 10));
  return voice.number(value);
}

function summary(column: ColumnProfile, voice: Voice): Html {
  const { numbers, time, top } = column;
  if (time) {
    const span = `${voice.formats.day(time.first)} – ${voice.formats.day(time.last)}`;
    return html`${span}${time.gapDays > 0 && html`<div class="soft">${voice.t("gaps")}: ${voice.count(time.gapDays)}</div>`}${time.jumps.length > 0 && html`<div class="soft">${voice.t("jumps")}: ${voice.count(time.jumps.length)}</div>`}`;
  }
  if (numbers) {
    const [, low, , median, , high] = numbers.quantiles;
    const about = numbers.exact ? "" : `${voice.t("about")} `;
    const notes = [
      numbers.zeros > 0 && `${voice.t("zeros")}: ${voice.count(numbers.zeros)}`,
      numbers.negatives > 0 && `${voice.t("negatives")}: ${voice.count(numbers.negatives)}`,
      numbers.outliers > 0 && `${voice.t("outliers")}: ${voice.count(numbers.outliers)}`,
      numbers.skew !== null &&
        Math.abs(numbers.skew) > 2 &&
        `${voice.t("skew")}: ${voice.number(numbers.skew)}`,
    ].filter((note) => note !== false);
    return html`<span class="ltr">${shownValue(column, numbers.min, voice)} … ${shownValue(column, numbers.max, voice)}</span><div class="soft">${voice.t("median")} ${about}${shownValue(column, median ?? 0, voice)} (5–95%: <span class="ltr">${shownValue(column, low ?? 0, voice)} – ${shownValue(column, high ?? 0, voice)}</span>)</div>${notes.length > 0 && html`<div class="soft">${notes.join(" · ")}</div>`}`;
  }
  const shown = top
    .slice(0, SHOWN_TOP)
    .map(
      (one) => html`<bdi>${one.value}</bdi> <span class="soft">${voice.percent(one.share)}</span>`,
    );
  const shapes = column.patterns.slice(0, 3).map((one) => html`<code>${one.pattern}</code> `);
  return html`${shown.map((one, i) => [i > 0 ? html` · ` : null, one])}${shapes.length > 0 && html`<div class="soft">${voice.t("patterns")}: ${shapes}</div>`}`;
}

function missing(column: ColumnProfile, voice: Voice): Html {
  if (column.missing === 0) return html`<span class="soft">0</span>`;
  const uneven = [
    ...column.missingBy.month,
    ...column.missingBy.account,
    ...column.missingBy.source,
  ].slice(0, 3);
  return html`${voice.percent(column.missingShare)}${uneven.length > 0 && html`<div class="soft">${voice.t("missingBy")}: ${uneven.map((one, i) => html`${i > 0 ? ", " : ""}<bdi>${one.key}</bdi> ${voice.percent(one.share)}`)}</div>`}`;
}

function columnRow(column: ColumnProfile, voice: Voice): Html {
  const spark = column.numbers
    ? sparkOf(column.numbers.histogram.counts, voice)
    : column.time
      ? sparkOf(
          column.time.months.map(({ n }) => n),
          voice,
        )
      : column.top.length > 1 && column.distinct.value <= 50
        ? sparkOf(
            column.top.map(({ n }) => n),
            voice,
          )
        : null;
  return html`<tr><td><code>${column.name}</code></td><td>${column.kind}</td><td class="n">${missing(column, voice)}</td><td class="n">${column.distinct.exact ? "" : `${voice.t("about")} `}${voice.count(column.distinct.value)}</td><td>${spark}</td><td>${summary(column, voice)}</td></tr>`;
}

/** Rows by month of the first column that tells a time. */
function coverage(table: TableProfile, voice: Voice): Html | null {
  const column = table.columns.find((one) => (one.time?.months.length ?? 0) > 1);
  if (!column?.time) return null;
  const { months } = column.time;
  return chartOf(
    {
      kind: "bars",
      over: "month",
      unit: "count",
      x: months.map(({ month }) => month),
      series: [
        {
          name: { en: `Rows by month of ${column.name}`, ar: `الصفوف حسب شهر ${column.name}` },
          values: months.map(({ n }) => n),
        },
      ],
    },
    voice,
  );
}

export function tablePart(table: TableProfile, voice: Voice): Html {
  const keys = table.keys.map(
    (key) =>
      html`<code>${key.columns.join(" + ")}</code>: ${key.unique ? voice.t("unique") : `${voice.count(key.repeated)} ${voice.t("repeated")}`} `,
  );
  const correlations = table.correlations
    .slice(0, 6)
    .map((one) => html`<code>${one.left} × ${one.right}</code> ${voice.number(one.rho)} `);
  return html`<section><h3><code>${table.table}</code> · ${voice.count(table.rows)}</h3>
<p class="soft">${voice.t("sources")} ${table.sources.slice(0, 5).map((one, i) => html`${i > 0 ? ", " : ""}<bdi>${one}</bdi>`)}</p>
${keys.length > 0 && html`<p>${voice.t("keys")}: ${keys}</p>`}${correlations.length > 0 && html`<p>${voice.t("correlations")}: ${correlations}</p>`}
${coverage(table, voice)}
<div class="scroll"><table><thead><tr><th>${voice.t("column")}</th><th>${voice.t("kind")}</th><th class="n">${voice.t("missing")}</th><th class="n">${voice.t("distinct")}</th><th>${voice.t("distribution")}</th><th>${voice.t("values")}</th></tr></thead><tbody>${table.columns.map((column) => columnRow(column, voice))}</tbody></table></div></section>`;
}

export function relationsTable(relations: readonly Relation[], voice: Voice): Html {
  const row = (one: Relation) => {
    const per = one.perParent
      ? `${voice.number(one.perParent[2] ?? 0)} (${voice.number(one.perParent[4] ?? 0)}, ${voice.number(one.perParent[5] ?? 0)})`
      : "—";
    return html`<tr><td><code>${one.from.table}.${one.from.column}</code></td><td><code>${one.to.table}.${one.to.column}</code></td><td class="n">${voice.count(one.orphans)} / ${voice.count(one.rows)}</td><td class="n">${voice.count(one.childless)} / ${voice.count(one.parents)}</td><td class="n">${per}</td></tr>`;
  };
  return html`<div class="scroll"><table><thead><tr><th>${voice.t("from")}</th><th>${voice.t("to")}</th><th class="n">${voice.t("orphans")}</th><th class="n">${voice.t("childless")}</th><th class="n">${voice.t("perParent")}</th></tr></thead><tbody>${relations.map(row)}</tbody></table></div>`;
}
