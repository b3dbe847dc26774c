/** Profiles of the tables as the page shows them: what each column holds, keys, correlations, relations. */
import type { ColumnProfile, Relation, TableProfile } from "../../contract/explore.ts";
import { chartOf, sparkOf } from "./charts.ts";
import { type Fact, factsOf, type Part } from "./column-facts.ts";
import { distinctText, missingText } from "./column-value.ts";
import { hourStrip, weekdayStrip } from "./heat.ts";
import { Html, html } from "./html.ts";
import type { Voice } from "./voice.ts";

const SHOWN_SOURCES = 5;
const SHOWN_ORPHANS = 3;
/** Values up to so many letters, times among them, stay on one line. */
const SHORT = 24;
/** Of a category with more values than these the most frequent are no picture of the whole. */
const DRAWN_VALUES = 50;

function joined(
  parts: readonly Html[],
  between: string,
): readonly (Html | readonly [string, Html])[] {
  return parts.map((part, i) => (i === 0 ? part : ([between, part] as const)));
}

function partHtml({ lead, text, note, code }: Part): Html {
  const value = code
    ? html`<code>${text}</code>`
    : html`<bdi${text.length <= SHORT && new Html(' class="nowrap"')}>${text}</bdi>`;
  return html`${lead !== undefined && html`<i>${lead}</i> `}${value}${note !== undefined && html` <i>(${note})</i>`}`;
}

function factHtml({ word, parts, more }: Fact, voice: Voice): Html {
  const [first, ...rest] = parts;
  // A total comes before what it is made of.
  const total = first && word !== null && first.lead === undefined && rest[0]?.lead !== undefined;
  const listed = total
    ? html`${partHtml(first)}${voice.semicolon}${joined(rest.map(partHtml), " · ")}`
    : html`${joined(parts.map(partHtml), " · ")}`;
  return html`<div>${word !== null && html`<i>${voice.t(word)}:</i> `}${listed}${more && " …"}</div>`;
}

/** Months of time, bins of numbers, else the most frequent values; beneath times their weekdays and hours. */
function distribution({ numbers, time, top, distinct }: ColumnProfile, voice: Voice): Html | null {
  if (time)
    return html`${sparkOf(
      time.months.map(({ n }) => n),
      voice,
    )}${weekdayStrip(time.weekday, voice)}${time.hour && hourStrip(time.hour, voice)}`;
  if (numbers) return sparkOf(numbers.histogram.counts, voice);
  if (top.length < 2 || distinct.value > DRAWN_VALUES) return null;
  return sparkOf(
    top.map(({ n }) => n),
    voice,
  );
}

function missingCell(column: ColumnProfile, voice: Voice): Html {
  const { month } = column.missingBy;
  const drawn =
    month.length > 1 &&
    sparkOf(
      month.map(({ share }) => share),
      voice,
    );
  return html`${missingText(column, voice)}${drawn}`;
}

function columnRow(column: ColumnProfile, rows: number, voice: Voice): Html {
  const facts = factsOf(column, rows, voice).map((fact) => factHtml(fact, voice));
  return html`<tr><th scope="row"><code>${column.name}</code><div class="soft">${voice.kind(column.kind)}</div></th><td class="n">${missingCell(column, voice)}</td><td class="n">${distinctText(column, voice)}</td><td>${distribution(column, voice)}</td><td class="told">${facts}</td></tr>`;
}

/** Rows by month of the first column that tells a time. */
function coverage(table: TableProfile, voice: Voice): Html | null {
  const column = table.columns.find((one) => (one.time?.months.length ?? 0) > 1);
  if (!column?.time) return null;
  const { months } = column.time;
  const name = `${voice.t("rowsByMonth")} ${voice.apart(column.name)}`;
  return chartOf(
    {
      kind: "bars",
      over: "month",
      unit: "count",
      x: months.map(({ month }) => month),
      series: [{ name: { en: name, ar: name }, values: months.map(({ n }) => n) }],
    },
    voice,
  );
}

export function tablePart(table: TableProfile, voice: Voice): Html {
  const sources = table.sources.slice(0, SHOWN_SOURCES).map((one) => html`<bdi>${one}</bdi>`);
  const keys = table.keys.map(
    (key) =>
      html`<code>${key.columns.join(" + ")}</code> ${key.unique ? voice.t("unique") : html`(${voice.t("repeated")}: ${voice.count(key.repeated)})`}`,
  );
  const correlations = table.correlations.map(
    (one) =>
      html`<span class="pair"><code>${one.left} × ${one.right}</code> <b><bdi>${voice.formats.ratio(one.rho)}</bdi></b> <i>(${voice.t("number")} = ${voice.count(one.n)})</i></span>`,
  );
  return html`<section><h3>${voice.table(table.table)} · ${voice.t("rows")}: ${voice.count(table.rows)}</h3>
<p class="soft"><code>${table.table}</code>${sources.length > 0 && html` ${voice.t("sources")} ${joined(sources, voice.comma)}`}${table.sources.length > SHOWN_SOURCES && " …"}</p>
${keys.length > 0 && html`<p>${voice.t("keys")}: ${joined(keys, voice.semicolon)}</p>`}${correlations.length > 0 && html`<p>${voice.t("correlations")}: ${joined(correlations, " · ")}</p>`}
${coverage(table, voice)}
<div class="scroll"><table class="profile"><thead><tr><th>${voice.t("column")}</th><th class="n">${voice.t("missing")}</th><th class="n">${voice.t("distinct")}</th><th>${voice.t("distribution")}</th><th>${voice.t("values")}</th></tr></thead><tbody>${table.columns.map((column) => columnRow(column, table.rows, voice))}</tbody></table></div></section>`;
}

/** How many rows name one row of the other table: in the middle, nearly always, and at most. */
export function perParentText({ perParent }: Relation, voice: Voice): string {
  if (perParent === null) return "—";
  const [, , median, , high, most] = perParent;
  return [
    `${voice.t("median")} ${voice.number(median ?? null)}`,
    `${voice.t("upTo")} ${voice.count(Math.ceil(high ?? 0))}`,
    `${voice.t("atMost")} ${voice.number(most ?? null)}`,
  ].join(voice.comma);
}

/** The first values that name no row. */
export function orphansOf({ orphanExamples }: Relation): readonly string[] {
  return orphanExamples.slice(0, SHOWN_ORPHANS);
}

export function relationsTable(relations: readonly Relation[], voice: Voice): Html {
  const end = ({ table, column }: Relation["from"]) =>
    html`${voice.table(table)} <code>${column}</code>`;
  const part = (n: number, of: number) =>
    html`${voice.count(n)} ${voice.t("ofRows")} ${voice.count(of)}`;
  const row = (one: Relation) => {
    const orphans = orphansOf(one).map((value) => html`<bdi>${value}</bdi>`);
    return html`<tr><td>${end(one.from)}</td><td>${end(one.to)}</td><td class="n">${part(one.orphans, one.rows)}${orphans.length > 0 && html`<div class="soft">${joined(orphans, voice.comma)}</div>`}</td><td class="n">${part(one.childless, one.parents)}</td><td>${perParentText(one, voice)}</td></tr>`;
  };
  return html`<div class="scroll"><table><thead><tr><th>${voice.t("from")}</th><th>${voice.t("to")}</th><th class="n">${voice.t("orphans")}</th><th class="n">${voice.t("childless")}</th><th>${voice.t("perParent")}</th></tr></thead><tbody>${relations.map(row)}</tbody></table></div>`;
}
