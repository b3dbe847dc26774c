import fc from "fast-check";
import { expect, it } from "vitest";
import {
  columnsFor,
  type FlowLink,
  LABEL_LINE_PX,
  LABEL_PX,
  NODE_PX,
  sankeyLayout,
} from "../../dashboard/charts/sankey-layout.ts";
import { STAGES } from "../../src/domain/stages.ts";

const ORDER = ["arrival", ...STAGES, "unmapped"];

/** Leads that go from stage to stage, counted as nodes and links. */
const flow = fc
  .array(fc.array(fc.constantFrom(...ORDER.slice(1)), { maxLength: 6 }), {
    minLength: 1,
    maxLength: 60,
  })
  .chain((paths) =>
    fc.tuple(
      fc.constant(paths),
      fc.array(fc.integer({ min: 1, max: 5000 }), {
        minLength: paths.length,
        maxLength: paths.length,
      }),
    ),
  )
  .map(([paths, weights]) => {
    const nodes = new Map<string, { step: number; stage: string; leads: number }>();
    const links = new Map<string, FlowLink>();
    paths.forEach((path, i) => {
      const stages = ["arrival", ...path.filter((one, k) => one !== path[k - 1])];
      const leads = weights[i] as number;
      stages.forEach((stage, step) => {
        const key = `${step} ${stage}`;
        nodes.set(key, { step, stage, leads: (nodes.get(key)?.leads ?? 0) + leads });
        const to = stages[step + 1];
        if (to === undefined) return;
        const link = `${step} ${stage} ${to}`;
        links.set(link, { step, from: stage, to, leads: (links.get(link)?.leads ?? 0) + leads });
      });
    });
    return { nodes: [...nodes.values()], links: [...links.values()] };
  });

it("keeps every label in room of its own: no two meet, across or down, from right to left too", () => {
  fc.assert(
    fc.property(flow, fc.integer({ min: 300, max: 1600 }), fc.boolean(), (world, width, rtl) => {
      const { nodes, height } = sankeyLayout(world.nodes, world.links, {
        width,
        order: ORDER,
        rtl,
      });
      const columns = [...new Set(nodes.map((node) => node.x))].sort((a, b) => a - b);
      expect(columns.length).toBeLessThanOrEqual(columnsFor(width));
      columns.forEach((x, i) => {
        const next = columns[i + 1];
        if (next !== undefined) expect(next - x).toBeGreaterThanOrEqual(NODE_PX + LABEL_PX - 0.01);
        const own = nodes.filter((node) => node.x === x).sort((a, b) => a.y - b.y);
        own.forEach((node, k) => {
          expect(node.y).toBeGreaterThanOrEqual(-0.01);
          expect(node.y + node.height).toBeLessThanOrEqual(height + 0.01);
          expect(node.labelY).toBeGreaterThanOrEqual(LABEL_LINE_PX / 2 - 0.01);
          expect(node.labelY).toBeLessThanOrEqual(height - LABEL_LINE_PX / 2 + 0.01);
          const below = own[k + 1];
          if (below === undefined) return;
          expect(below.labelY - node.labelY).toBeGreaterThanOrEqual(LABEL_LINE_PX - 0.01);
          expect(below.y).toBeGreaterThanOrEqual(node.y + node.height);
        });
      });
      // The label of the last column has its room inside the picture.
      const edge = rtl ? Math.min(...columns) : width - Math.max(...columns) - NODE_PX;
      if (columns.length > 1) expect(edge).toBeGreaterThanOrEqual(LABEL_PX - 0.01);
    }),
    { numRuns: 150 },
  );
});

it("draws what goes in and out of a box within its height", () => {
  fc.assert(
    fc.property(flow, ({ nodes, links }) => {
      const drawn = sankeyLayout(nodes, links, { width: 1200, order: ORDER, rtl: false });
      const start = drawn.nodes.find((node) => node.step === 0);
      const scale = (start?.height ?? 1) / (start?.leads ?? 1);
      for (const node of drawn.nodes) {
        if (node.height > 1) expect(node.height).toBeCloseTo(node.leads * scale, 6);
        const out = drawn.links.filter((one) => one.step === node.step && one.from === node.stage);
        expect(out.reduce((sum, one) => sum + one.leads, 0)).toBeLessThanOrEqual(node.leads);
      }
      expect(drawn.links.every((one) => !one.path.includes("NaN"))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it("keeps stages in the same order in each column", () => {
  const nodes = ["lost", "new", "won"].map((stage) => ({ step: 1, stage, leads: 5 }));
  const { nodes: placed } = sankeyLayout(nodes, [], { width: 800, order: ORDER, rtl: false });
  expect(placed.map((node) => node.stage)).toEqual(["new", "won", "lost"]);
});
