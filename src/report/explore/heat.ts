/** Strips of colour as SVG: rows by weekday and by hour, in the width of a word. */
import { type Html, html } from "./html.ts";
import type { Voice } from "./voice.ts";

const WIDTH = 168;
const CELL = 12;
const NAMES = 15;
/** Steps of colour beyond none. */
const STEPS = 6;
const HOURS_NAMED = 6;

interface Cell {
  /** Written beneath where there is room for it. */
  readonly name: string | null;
  /** Told when pointed at. */
  readonly told: string;
  readonly n: number;
}

function strip(title: string, cells: readonly Cell[], voice: Voice): Html {
  const most = Math.max(1, ...cells.map(({ n }) => n));
  const step = WIDTH / cells.length;
  const drawn = cells.map(({ name, told, n }, i) => {
    const x = voice.language === "ar" ? WIDTH - (i + 1) * step : i * step;
    const shade = n === 0 ? 0 : Math.max(1, Math.ceil((n / most) * STEPS));
    const text =
      name === null
        ? null
        : html`<text x="${(x + step / 2).toFixed(1)}" y="${CELL + NAMES - 3}" text-anchor="middle">${name}</text>`;
    return html`<rect x="${(x + 0.5).toFixed(1)}" y="0.5" width="${(step - 1).toFixed(1)}" height="${CELL - 1}" class="h${shade}"><title>${told}: ${voice.count(n)}</title></rect>${text}`;
  });
  return html`<svg class="heat" viewBox="0 0 ${WIDTH} ${CELL + NAMES}" role="img" aria-label="${title}">${drawn}</svg>`;
}

/** @param counts Sunday first */
export function weekdayStrip(counts: readonly number[], voice: Voice): Html {
  const cells = counts.map((n, i) => ({
    name: voice.weekday(i, "narrow"),
    told: voice.weekday(i, "long"),
    n,
  }));
  return strip(voice.t("weekdays"), cells, voice);
}

/** @param counts from midnight on */
export function hourStrip(counts: readonly number[], voice: Voice): Html {
  const cells = counts.map((n, i) => ({
    name: i % HOURS_NAMED === 0 ? String(i) : null,
    told: `${String(i).padStart(2, "0")}:00`,
    n,
  }));
  return strip(voice.t("hours"), cells, voice);
}
