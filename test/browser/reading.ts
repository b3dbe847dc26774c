/** Reads numbers off the page as a person finds them: by role and label, then the exact value behind the text. */
import type { Locator, Page } from "playwright-core";
import type { Figures, Named } from "./oracle.ts";

export interface Card {
  readonly value: number | null;
  /** The figure of the period before; null where the card compares with nothing. */
  readonly previous: number | null;
  /** The raw figure, where the card shows one because it differs. */
  readonly raw: number | null;
  readonly text: string;
}

/** Every KPI card by its id. */
export async function readCards(page: Page): Promise<Readonly<Record<string, Card>>> {
  const cards = await page.getByRole("group").evaluateAll((groups) =>
    groups.flatMap((group) => {
      const id = (group as HTMLElement).dataset.kpi;
      if (id === undefined) return [];
      const at = (selector: string, key: string) =>
        group.querySelector<HTMLElement>(selector)?.dataset[key] ?? "";
      return [
        {
          id,
          value: at("[data-value]", "value"),
          previous: at("[data-previous]", "previous"),
          raw: at("[data-raw]", "raw"),
          text: group.textContent,
        },
      ];
    }),
  );
  return Object.fromEntries(
    cards.map(({ id, text, ...card }) => [
      id,
      { value: exact(card.value), previous: exact(card.previous), raw: exact(card.raw), text },
    ]),
  );
}

/** Rows of a table or list: `data-id` (or `data-start`) and the value of each column. */
export async function readRows(place: Locator, selector = "[data-id]"): Promise<readonly Named[]> {
  const rows = await place.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const row = element as HTMLElement;
      const cells = [...row.querySelectorAll<HTMLElement>("[data-column]")];
      return {
        id: row.dataset.id ?? row.dataset.start ?? "",
        cells: cells.flatMap((cell) => {
          const valued = cell.querySelector<HTMLElement>("[data-value]") ?? cell;
          const { value } = valued.dataset;
          return value === undefined ? [] : [[cell.dataset.column ?? "", value] as const];
        }),
      };
    }),
  );
  return rows.map((row) => ({
    id: row.id,
    figures: Object.fromEntries(row.cells.map(([column, value]) => [column, exact(value)])),
  }));
}

/** The titled part of the page. */
export function panel(page: Page, title: string): Locator {
  return page.getByRole("region", { name: title, exact: true });
}

export interface FunnelRead {
  readonly stages: readonly {
    readonly stage: string;
    readonly at: number;
    readonly reached: number;
  }[];
  readonly beside: Readonly<Record<string, number>>;
  readonly undecided: number;
}

/** The funnel; null where no lead arrived. */
export async function readFunnel(page: Page): Promise<FunnelRead | null> {
  return panel(page, "Funnel").evaluate((part) => {
    const undecided = part.querySelector<HTMLElement>("[data-undecided]");
    if (undecided === null) return null;
    const number = (element: HTMLElement | null, key: string) => Number(element?.dataset[key]);
    const besides = [...part.querySelectorAll<HTMLElement>("li[data-stage]")];
    return {
      stages: [...part.querySelectorAll<HTMLElement>("tr[data-stage]")].map((row) => ({
        stage: row.dataset.stage ?? "",
        at: number(row, "at"),
        reached: number(row.querySelector<HTMLElement>("[data-value]"), "value"),
      })),
      beside: Object.fromEntries(
        besides.map((item) => [
          item.dataset.stage ?? "",
          number(item.querySelector<HTMLElement>("[data-value]"), "value"),
        ]),
      ),
      undecided: number(undecided, "undecided"),
    };
  });
}

/** `data-value` as the number it prints; "" is null. */
export function exact(text: string): number | null {
  if (text === "") return null;
  const value = Number(text);
  if (Number.isNaN(value)) throw new Error(`"${text}" is not a number`);
  return value;
}

const RATIOS = new Set([
  "ctr",
  "cpc",
  "cpm",
  "cpl",
  "cpql",
  "cplAllIn",
  "cpqlAllIn",
  "conversionRate",
  "qualifiedShare",
  "undecidedShare",
  "roas",
]);

/** What differs: sums must be equal, ratios equal within 1e-12 of their size; [] when nothing does. */
export function differences(where: string, shown: Figures, expected: Figures): string[] {
  return Object.entries(shown).flatMap(([name, value]) => {
    const right = expected[name];
    if (right === undefined)
      return [`${where} ${name}: shown ${value}, the files know no such figure`];
    const same =
      value === right ||
      (value !== null &&
        right !== null &&
        RATIOS.has(name) &&
        Math.abs(value - right) <= 1e-12 * Math.abs(right));
    return same ? [] : [`${where} ${name}: shown ${value}, in the files ${right}`];
  });
}
