/**
 * Where the boxes and bands of a picture of moves stand: one column per step, stages in the same order in each, bands as
 * wide as what took them. Plain arithmetic; a test holds labels apart.
 */

export interface FlowNode {
  readonly step: number;
  readonly stage: string;
  readonly leads: number;
}

export interface FlowLink {
  readonly step: number;
  readonly from: string;
  readonly to: string;
  readonly leads: number;
}

export interface PlacedNode extends FlowNode {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** Middle line of the label, which stands beyond the box. */
  readonly labelY: number;
}

export interface PlacedLink extends FlowLink {
  /** Outline of the band. */
  readonly path: string;
}

export interface SankeyLayout {
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
  readonly height: number;
  readonly columnPx: number;
}

export const NODE_PX = 10;
/** A label's own room: across, between columns; and down, between labels. */
export const LABEL_PX = 118;
export const LABEL_LINE_PX = 16;
const GAP_PX = 6;
const LEAST_HEIGHT = 300;

/** How many columns have room for their labels. */
export function columnsFor(width: number): number {
  return Math.max(2, Math.floor(width / (NODE_PX + LABEL_PX)));
}

type Column = readonly FlowNode[];

/** Tops of a column's boxes, and its height, when a lead is `scale` px tall. */
function stacked(column: Column, scale: number): { tops: number[]; height: number } {
  const tops: number[] = [];
  let end = -GAP_PX;
  let middle = Number.NEGATIVE_INFINITY;
  for (const { leads } of column) {
    const tall = Math.max(1, leads * scale);
    const top = Math.max(
      end + GAP_PX,
      middle + LABEL_LINE_PX - tall / 2,
      LABEL_LINE_PX / 2 - tall / 2,
    );
    tops.push(top);
    end = top + tall;
    middle = top + tall / 2;
  }
  return { tops, height: Math.max(end, middle + LABEL_LINE_PX / 2) };
}

/** The largest scale at which every column fits. */
function scaleFor(columns: readonly Column[], height: number): number {
  const most = Math.max(
    ...columns.map((column) => column.reduce((sum, one) => sum + one.leads, 0)),
  );
  let low = 0;
  let high = height / Math.max(1, most);
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (columns.every((column) => stacked(column, middle).height <= height)) low = middle;
    else high = middle;
  }
  return low;
}

/** @param rtl whether steps run from right to left */
export function sankeyLayout(
  nodes: readonly FlowNode[],
  links: readonly FlowLink[],
  options: { readonly width: number; readonly order: readonly string[]; readonly rtl: boolean },
): SankeyLayout {
  const { width, order, rtl } = options;
  const rank = (stage: string) => order.indexOf(stage);
  const steps = [...new Set(nodes.map((node) => node.step))]
    .sort((one, other) => one - other)
    .slice(0, columnsFor(width));
  const columns = steps.map((step) =>
    nodes.filter((node) => node.step === step).sort((a, b) => rank(a.stage) - rank(b.stage)),
  );
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  const height = Math.max(LEAST_HEIGHT, tallest * (LABEL_LINE_PX + GAP_PX) * 1.5);
  const scale = scaleFor(columns, height);
  const between = steps.length < 2 ? 0 : (width - NODE_PX - LABEL_PX) / (steps.length - 1);
  const placed = new Map<string, PlacedNode>();
  for (const [i, column] of columns.entries()) {
    const { tops } = stacked(column, scale);
    const start = i * between;
    for (const [j, node] of column.entries()) {
      const tall = Math.max(1, node.leads * scale);
      const y = tops[j] as number;
      const x = rtl ? width - start - NODE_PX : start;
      placed.set(`${node.step} ${node.stage}`, {
        ...node,
        x,
        y,
        height: tall,
        labelY: y + tall / 2,
      });
    }
  }
  const left = new Map<string, number>();
  const entered = new Map<string, number>();
  const bands: PlacedLink[] = [];
  const sorted = [...links].sort(
    (a, b) => a.step - b.step || rank(a.from) - rank(b.from) || rank(a.to) - rank(b.to),
  );
  for (const link of sorted) {
    const fromKey = `${link.step} ${link.from}`;
    const toKey = `${link.step + 1} ${link.to}`;
    const from = placed.get(fromKey);
    const to = placed.get(toKey);
    if (!from || !to) continue;
    const thick = link.leads * scale;
    const out = left.get(fromKey) ?? 0;
    const into = entered.get(toKey) ?? 0;
    left.set(fromKey, out + thick);
    entered.set(toKey, into + thick);
    const x0 = rtl ? from.x : from.x + NODE_PX;
    const x1 = rtl ? to.x + NODE_PX : to.x;
    bands.push({ ...link, path: band(x0, from.y + out, x1, to.y + into, thick) });
  }
  return { nodes: [...placed.values()], links: bands, height, columnPx: between };
}

function band(x0: number, y0: number, x1: number, y1: number, thick: number): string {
  const r = (n: number) => Math.round(n * 100) / 100;
  const middle = r((x0 + x1) / 2);
  const low = Math.max(thick, 0.5);
  return (
    `M${r(x0)},${r(y0)}C${middle},${r(y0)} ${middle},${r(y1)} ${r(x1)},${r(y1)}` +
    `L${r(x1)},${r(y1 + low)}C${middle},${r(y1 + low)} ${middle},${r(y0 + low)} ${r(x0)},${r(y0 + low)}Z`
  );
}
