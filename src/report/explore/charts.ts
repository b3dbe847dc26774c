/** Charts as SVG text, from numbers alone: bars, lines, histograms, a waterfall. Nothing is fetched, nothing moves. */
import type { Picture, Waterfall } from "../../contract/explore.ts";
import { ticksOf } from "../../contract/ticks.ts";
import { Html, html } from "./html.ts";
import type { Voice } from "./voice.ts";

const WIDTH = 640;
const COLOURS = ["var(--c1)", "var(--c2)", "var(--c3)"];

/** Places along the x axis run from right to left in Arabic, as time does there. */
function mirrored(voice: Voice, x: number, width = WIDTH): number {
  return voice.language === "ar" ? width - x : x;
}

const at = (value: number) => value.toFixed(1);

function label(
  x: number,
  y: number,
  text: string,
  anchor: "start" | "middle" | "end",
  className = "",
): Html {
  return html`<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}" class="${className}" direction="ltr" unicode-bidi="plaintext">${text}</text>`;
}

function valueText(voice: Voice, unit: Picture["unit"], value: number | null): string {
  if (value === null) return "—";
  if (unit === "money") return voice.moneyShort(value);
  if (unit === "share") return voice.percent(value);
  return unit === "hours" ? voice.number(value) : voice.count(value);
}

function xText(voice: Voice, { over, x, names }: Picture, i: number): string {
  const name = names?.[i];
  if (name) return voice.of(name);
  const text = x[i] ?? "";
  if (over === "day") return voice.formats.dayShort(text);
  return over === "month" ? voice.formats.month(`${text.slice(0, 7)}-01`) : text;
}

/** On an axis money stands without its currency, which the caption names. */
function tickText(voice: Voice, unit: Picture["unit"], value: number): string {
  if (unit === "money") return voice.formats.tick(value / 10 ** voice.unit.currencyDecimals);
  return unit === "share" ? voice.percent(value) : voice.formats.tick(value);
}

/** A text cut so that it fits a number of characters, the start kept. */
function fitted(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Few labelled bars lie, so that names of any length can be read. */
function lyingBars(picture: Picture, voice: Voice): Html {
  const values = picture.series[0]?.values ?? [];
  const rowHeight = 26;
  const nameWidth = 170;
  const valueWidth = 110;
  const room = WIDTH - nameWidth - valueWidth;
  const most = Math.max(1e-12, ...values.map((value) => value ?? 0));
  const end = voice.language === "ar" ? "start" : "end";
  const start = voice.language === "ar" ? "end" : "start";
  const bars = picture.x.map((_, i) => {
    const value = values[i] ?? null;
    const length = value === null ? 0 : (Math.max(0, value) / most) * room;
    const y = i * rowHeight;
    const from = mirrored(voice, nameWidth);
    const left = voice.language === "ar" ? from - length : from;
    return html`${label(mirrored(voice, nameWidth - 8), y + 17, fitted(xText(voice, picture, i), 24), end)}<rect x="${at(left)}" y="${y + 4}" width="${at(length)}" height="${rowHeight - 8}" fill="${COLOURS[0] as string}"/>${label(mirrored(voice, nameWidth + length + 6), y + 17, valueText(voice, picture.unit, value), start, "strong")}`;
  });
  return frame(picture, voice, picture.x.length * rowHeight + 4, bars);
}

/** Many bars, or a line, stand over an axis. */
function standing(picture: Picture, voice: Voice): Html {
  const height = 190;
  const left = 52;
  const bottom = 26;
  const top = 10;
  const all = picture.series.flatMap((one) => one.values).filter((value) => value !== null);
  const high = Math.max(0, ...all);
  const low = Math.min(0, ...all);
  const span = high - low || 1;
  const y = (value: number) => top + ((high - value) / span) * (height - top - bottom);
  const room = WIDTH - left - 8;
  const step = room / Math.max(1, picture.x.length);
  const x = (i: number) => mirrored(voice, left + (i + 0.5) * step);
  const grid = ticksOf(low, high).map(
    (tick) =>
      html`<line x1="${at(mirrored(voice, left))}" x2="${at(mirrored(voice, WIDTH - 8))}" y1="${at(y(tick))}" y2="${at(y(tick))}" class="grid"/>${label(mirrored(voice, left - 6), y(tick) + 4, tickText(voice, picture.unit, tick), voice.language === "ar" ? "start" : "end")}`,
  );
  const shown = Math.max(1, Math.ceil((picture.x.length * 74) / room));
  const names = picture.x.map((_, i) =>
    i % shown === 0 ? label(x(i), height - 8, xText(voice, picture, i), "middle") : null,
  );
  const marks = picture.series.map((one, s) => {
    const colour = COLOURS[s % COLOURS.length] as string;
    if (picture.kind === "bars") {
      const width = Math.max(1, (step / picture.series.length) * 0.8);
      return one.values.map((value, i) => {
        if (value === null) return null;
        const centre = x(i) + (s - (picture.series.length - 1) / 2) * width;
        const [from, to] = value >= 0 ? [y(value), y(0)] : [y(0), y(value)];
        return html`<rect x="${at(centre - width / 2)}" y="${at(from)}" width="${at(width)}" height="${at(to - from)}" fill="${colour}"/>`;
      });
    }
    // A gap in the data is a gap in the line.
    const runs: string[][] = [[]];
    one.values.forEach((value, i) => {
      if (value === null) runs.push([]);
      else runs.at(-1)?.push(`${at(x(i))},${at(y(value))}`);
    });
    return runs.map((run) =>
      run.length === 1
        ? html`<circle cx="${run[0]?.split(",")[0] ?? ""}" cy="${run[0]?.split(",")[1] ?? ""}" r="2.5" fill="${colour}"/>`
        : run.length > 1 &&
          html`<polyline points="${run.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    );
  });
  return frame(picture, voice, height, [grid, marks, names]);
}

function frame(
  picture: Picture,
  voice: Voice,
  height: number,
  inner: Parameters<typeof html>[1],
): Html {
  const { currency } = voice.unit;
  const sign =
    picture.unit === "money" && currency !== null
      ? ` (${voice.formats.currencySign(currency)})`
      : "";
  const names = picture.series.map(
    (one, i) =>
      html`<span class="key" style="--key:${COLOURS[i % COLOURS.length] as string}">${voice.of(one.name)}${sign}</span>`,
  );
  return html`<figure><figcaption>${names}</figcaption><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${picture.series.map((one) => voice.of(one.name)).join(", ")}">${inner}</svg>${shownData(picture, voice)}</figure>`;
}

function shownData(picture: Picture, voice: Voice): Html {
  return html`<details class="no-print"><summary>${voice.t("showData")}</summary><table><thead><tr><th></th>${picture.series.map((one) => html`<th class="n">${voice.of(one.name)}</th>`)}</tr></thead><tbody>${picture.x.map(
    (_, i) =>
      html`<tr><td>${xText(voice, picture, i)}</td>${picture.series.map((one) => html`<td class="n">${valueText(voice, picture.unit, one.values[i] ?? null)}</td>`)}</tr>`,
  )}</tbody></table></details>`;
}

/** So many bars always lie; more of them, up to the most, where they are words longer than the room beneath each. */
const FEW = 10;
const MOST_LYING = 24;
/** Width of a letter, about. */
const LETTER = 7;

/** A picture of an insight or a finding. */
export function chartOf(picture: Picture, voice: Voice): Html {
  const names = picture.x.map((_, i) => xText(voice, picture, i));
  const room = (WIDTH - 60) / Math.max(1, names.length);
  // Numbers and hours are read in their order, so that some of them may go unnamed; words may not.
  const crowded = names.some((name) => /\p{L}/u.test(name) && name.length * LETTER > room);
  const lies =
    picture.kind === "bars" &&
    picture.over === "label" &&
    picture.series.length === 1 &&
    (names.length <= FEW || (names.length <= MOST_LYING && crowded));
  return lies ? lyingBars(picture, voice) : standing(picture, voice);
}

/** A histogram as small as a word; its edges are told beside it. */
export function sparkOf(counts: readonly number[], voice: Voice): Html {
  const width = 120;
  const height = 26;
  const most = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length);
  const bars = counts.map((n, i) => {
    const tall = n === 0 ? 0 : Math.max(1, (n / most) * height);
    const x = mirrored(voice, i * step, width) - (voice.language === "ar" ? step : 0);
    return html`<rect x="${at(x)}" y="${at(height - tall)}" width="${at(Math.max(0.5, step - 0.6))}" height="${at(tall)}"/>`;
  });
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" aria-hidden="true">${bars}</svg>`;
}

/** From raw to corrected spend; what is proposed and not accepted is drawn hollow. */
export function waterfallChart(waterfall: Waterfall, voice: Voice): Html {
  const { raw, corrected } = waterfall.spend;
  if (raw === null || corrected === null) return new Html("");
  const rows: { name: string; from: number; to: number; kind: string; value: number }[] = [
    { name: voice.t("raw"), from: 0, to: raw, kind: "total", value: raw },
  ];
  let level = raw;
  let ended = false;
  const end = () => {
    ended = true;
    rows.push({
      name: voice.t("corrected"),
      from: 0,
      to: corrected,
      kind: "total",
      value: corrected,
    });
  };
  for (const step of waterfall.steps) {
    if (!step.accepted && !ended) end();
    const change = step.spendMinor ?? 0;
    if (change === 0) continue;
    rows.push({
      name: voice.of(step.label),
      from: level,
      to: level + change,
      kind: step.accepted ? "step" : "proposed",
      value: change,
    });
    level += change;
  }
  if (!ended) end();
  else if (level !== corrected)
    rows.push({ name: voice.t("proposed"), from: 0, to: level, kind: "hollow", value: level });
  // The changes are small beside the totals: the axis starts where the smallest total does, and says so by a cut.
  const lowest = Math.min(
    ...rows.flatMap((row) =>
      row.kind === "step" || row.kind === "proposed" ? [row.from, row.to] : [row.to],
    ),
  );
  const highest = Math.max(...rows.flatMap((row) => [row.from, row.to]));
  const base = highest - lowest < highest * 0.4 ? lowest - (highest - lowest) * 0.6 : 0;
  const floor = Math.max(0, base);
  const nameWidth = 256;
  const valueWidth = 110;
  const room = WIDTH - nameWidth - valueWidth;
  const x = (value: number) =>
    nameWidth + ((Math.max(value, floor) - floor) / (highest - floor || 1)) * room;
  const rowHeight = 28;
  const end_ = voice.language === "ar" ? "start" : "end";
  const start_ = voice.language === "ar" ? "end" : "start";
  const bars = rows.map((row, i) => {
    const [from, to] = [Math.min(row.from, row.to), Math.max(row.from, row.to)];
    const y = i * rowHeight;
    const left = voice.language === "ar" ? WIDTH - x(to) : x(from);
    const width = Math.max(1.5, x(to) - x(from));
    const cut =
      floor > 0 && row.from === 0
        ? html`<path d="M ${at(mirrored(voice, nameWidth + 10))} ${y + 2} l 4 6 l -4 6 l 4 6 l -4 6" class="cut"/>`
        : null;
    const text =
      row.kind === "step" || row.kind === "proposed"
        ? `${row.value > 0 ? "+" : "−"}${voice.moneyShort(Math.abs(row.value))}`
        : voice.moneyShort(row.value);
    return html`${label(mirrored(voice, nameWidth - 8), y + 18, fitted(row.name, 38), end_)}<rect x="${at(left)}" y="${y + 5}" width="${at(width)}" height="${rowHeight - 10}" class="w-${row.kind}"/>${cut}${label(mirrored(voice, x(to) + 6), y + 18, text, start_, "strong")}`;
  });
  return html`<figure><svg viewBox="0 0 ${WIDTH} ${rows.length * rowHeight + 4}" role="img" aria-label="${voice.t("waterfall")}">${bars}</svg></figure>`;
}
