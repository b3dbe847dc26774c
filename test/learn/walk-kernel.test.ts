import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import { type Random, seededRandom } from "../../src/base/random.ts";
import type { Feature } from "../../src/learn/features.ts";
import type { Trees } from "../../src/learn/trees.ts";
import { planFor, treeSums } from "../../src/learn/walk.ts";
import { sumsByDefinition } from "./plain-walk.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const EDGES = [
  0,
  -0,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
  1e-320,
  1,
  -1,
];
const LEVELS = 200;

interface Asked {
  readonly seed: number;
  readonly leaves: number;
  readonly outputs: number;
  readonly levels: boolean;
  /** Splits one under the other rather than anywhere. */
  readonly long: boolean;
  readonly count?: number;
}

function numberOf(random: Random): number {
  return random.int(3) === 0 ? (EDGES[random.int(EDGES.length)] ?? 0) : random.int(41) / 4 - 5;
}

/** Trees of three numbers and, where asked, two features of levels; and rows that meet thresholds exactly. */
function drawn({ seed, leaves, outputs, levels, long, count = 4 }: Asked, rows: number) {
  const random = seededRandom(seed);
  const kinds = levels ? ["n", "n", "n", "l", "l"] : ["n", "n", "n"];
  const nodes: { f: number; cut: number; left: number; right: number; set: number }[] = [];
  const words: number[] = [];
  const roots = [0];
  for (let tree = 0; tree < count; tree++) {
    const add = () => nodes.push({ f: -1, cut: 0, left: 0, right: 0, set: -1 }) - 1;
    const open = [add()];
    for (let split = 1; split < leaves; split++) {
      const place = long ? open.length - 1 : random.int(open.length);
      const at = open.splice(place, 1)[0] ?? 0;
      const f = random.int(kinds.length);
      const ofLevels = kinds[f] === "l";
      const node = { f, cut: 0, left: add(), right: add(), set: ofLevels ? words.length : -1 };
      const cut = numberOf(random);
      if (!ofLevels) node.cut = Number.isNaN(cut) ? 2 : cut;
      else for (let i = 0; i < Math.ceil(LEVELS / 32); i++) words.push(random.int(2 ** 32));
      nodes[at] = node;
      open.push(...(random.int(2) === 0 ? [node.left, node.right] : [node.right, node.left]));
    }
    roots.push(nodes.length);
  }
  const trees: Trees = {
    roots: Uint32Array.from(roots),
    feature: Int32Array.from(nodes, ({ f }) => f),
    threshold: Float64Array.from(nodes, ({ cut }) => cut),
    left: Uint32Array.from(nodes, ({ f, left }, at) => (f < 0 ? at : left)),
    right: Uint32Array.from(nodes, ({ f, right }, at) => (f < 0 ? at : right)),
    missingLeft: Uint8Array.from(nodes, () => random.int(2)),
    categorySet: Int32Array.from(nodes, ({ set }) => set),
    categoryWords: Uint32Array.from(words),
    outputs,
    value: Float64Array.from({ length: nodes.length * outputs }, () => random.normal()),
    cover: new Float64Array(nodes.length).fill(1),
  };
  const features = kinds.map(
    (kind, i): Feature => ({
      name: `f${i}`,
      kind: kind === "l" ? "categorical" : "numeric",
      levels: kind === "l" ? Array.from({ length: LEVELS }, (_, l) => `l${l}`) : null,
    }),
  );
  const columns = kinds.map((kind) =>
    Float64Array.from({ length: rows }, () =>
      kind === "n" ? numberOf(random) : random.int(9) === 0 ? Number.NaN : random.int(LEVELS),
    ),
  );
  return { trees, features, columns };
}

const seed = fc.integer({ min: 0, max: 2 ** 31 });
const outputs = fc.constantFrom(1, 1, 3);
const few = fc.integer({ min: 1, max: 64 });
const many = fc.integer({ min: 65, max: 150 });
const forms: [string, fc.Arbitrary<Asked>][] = [
  ["masks", fc.record({ seed, leaves: few, outputs, levels: fc.boolean(), long: fc.boolean() })],
  [
    "steps",
    fc.record({
      seed,
      leaves: many,
      outputs,
      levels: fc.constant(false),
      long: fc.boolean(),
    }),
  ],
  [
    "steps of levels",
    fc.record({ seed, leaves: many, outputs, levels: fc.constant(true), long: fc.boolean() }),
  ],
];

it.each(forms)("walks by %s as the definition says, to the bit", (form, asked) => {
  fc.assert(
    fc.property(asked, fc.constantFrom(1, 6, 256, 1000, 1031), (one, rows) => {
      const { trees, features, columns } = drawn(one, rows);
      expect(planFor(trees, features)?.form).toContain(form);
      const sums = treeSums(trees, features, columns, rows);
      expect([...sums]).toEqual(sumsByDefinition(trees, columns, rows));
    }),
    { numRuns: 60 },
  );
});

it("takes as many thresholds as a byte can count, and others without it", () => {
  for (const [leaves, form] of [
    [256, "steps"],
    [257, undefined],
  ] as const) {
    const asked = { seed: 1, leaves, outputs: 1, levels: false, long: true, count: 1 };
    const { trees, features } = drawn(asked, 1);
    const one: Trees = {
      ...trees,
      feature: trees.feature.map((f) => Math.min(f, 0)),
      threshold: trees.threshold.map((_, at) => ((at * 7919) % 1009) / 4 - 100),
    };
    const number: Feature = { name: "x", kind: "numeric", levels: null };
    expect(planFor(one, [number, ...features.slice(1)])?.form).toBe(form);
    const column = Float64Array.from({ length: 1200 }, (_, i) =>
      i < EDGES.length ? (EDGES[i] ?? 0) : i / 4 - 120,
    );
    const columns = [column, column, column];
    expect([...treeSums(one, features, columns, 1200)]).toEqual(
      sumsByDefinition(one, columns, 1200),
    );
  }
});

it("gives the same numbers where WebAssembly is not allowed", async () => {
  const asked = { seed: 5, leaves: 40, outputs: 2, levels: true, long: false };
  const { trees, features, columns } = drawn(asked, 700);
  const allowed = treeSums(trees, features, columns, 700);
  vi.resetModules();
  vi.stubGlobal("WebAssembly", {
    Memory: class {
      constructor() {
        throw new Error("Wasm code generation disallowed by embedder");
      }
    },
  });
  const kernel = await import("../../src/learn/walk-kernel.ts");
  const walk = await import("../../src/learn/walk.ts");
  expect(kernel.walkKernel()).toBeNull();
  expect(walk.treeSums(trees, features, columns, 700)).toEqual(allowed);
});
