/** The terms of a linear model as JSON, and read again. */
import { type Design, PLAIN, placed, type Unplaced } from "./design.ts";
import type { Feature } from "./features.ts";
import {
  type JsonParts,
  readList,
  readNumber,
  readNumbers,
  readParts,
  readWhole,
  unreadable,
} from "./model-json.ts";

/** The design as JSON. */
export function designJson(design: Design) {
  const own = design.terms.filter(({ starts }) => starts === null);
  return {
    terms: own.map(({ center, scale, levels, missing }) =>
      levels === null ? { center, scale, missing } : { levels, missing },
    ),
    stretches: design.terms.flatMap(({ feature, starts }) =>
      starts === null ? [] : [{ feature, starts }],
    ),
    means: Array.from(design.means),
  };
}

/** @throws Problem `MODEL_UNREADABLE` (not what `designJson` wrote for these features) */
export function readDesign(json: unknown, features: readonly Feature[]): Design {
  const parts = readParts(json, "design");
  const own = readList(parts.terms, "terms", features.length).map((one, f) =>
    readTerms(readParts(one, `terms, ${f}`), features[f]!, f),
  );
  const further = readList(parts.stretches, "stretches").map((one, i) =>
    readStretches(readParts(one, `stretches, ${i}`), features, `stretches, ${i}`),
  );
  if (new Set(further.map(({ feature }) => feature)).size !== further.length)
    unreadable("A feature comes twice", "stretches");
  const design = placed([...own, ...further]);
  return { ...design, means: readNumbers(parts.means, "means", design.width) };
}

function readStretches(parts: JsonParts, features: readonly Feature[], where: string): Unplaced {
  const feature = readWhole(parts.feature, `${where}, feature`, 0, features.length - 1);
  const { kind } = features[feature]!;
  if (kind !== "numeric" && kind !== "time") unreadable(`A ${kind} feature has none`, where);
  const starts = Array.from(readNumbers(parts.starts, `${where}, starts`));
  if (starts.some((start, i) => i > 0 && start <= starts[i - 1]!))
    unreadable("The stretches are not in order", `${where}, starts`);
  return { ...PLAIN, feature, starts };
}

function readTerms(parts: JsonParts, feature: Feature, f: number): Unplaced {
  const where = `terms, ${f}`;
  const { missing } = parts;
  if (typeof missing !== "boolean") unreadable("It is neither true nor false", `${where}, missing`);
  if (feature.levels === null) {
    const center = readNumber(parts.center, `${where}, center`);
    const scale = readNumber(parts.scale, `${where}, scale`, 0);
    return { ...PLAIN, feature: f, center, scale, missing };
  }
  const most = feature.levels.length - 1;
  const levels = readList(parts.levels, `${where}, levels`).map((level, i) =>
    readWhole(level, `${where}, levels, ${i}`, 0, most),
  );
  if (levels.some((level, i) => i > 0 && level <= levels[i - 1]!))
    unreadable("The levels are not in order", `${where}, levels`);
  return { ...PLAIN, feature: f, levels, missing };
}
