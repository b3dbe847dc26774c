/** One way of writing numbers, found from the shapes of all cells of a column, and its exact reading in SQL. */
import { CURRENCY_SIGNS, currencyCode } from "./headers.ts";
import { quoteText } from "./sql-text.ts";

export type Decimal = "." | "," | "٫";

export interface NumberStyle {
  readonly decimal: Decimal;
  /** Currency signs and codes that may stand beside the number, as written. */
  readonly tokens: readonly string[];
}

const GROUPS: Readonly<Record<Decimal, readonly string[]>> = {
  ".": [",", " ", "'", "’", "٬", "،"],
  ",": [".", " ", "'", "’", "٬"],
  "٫": ["٬", ",", ".", " ", "،"],
};
const DECIMALS: readonly Decimal[] = [".", ",", "٫"];

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The bare number: groups of three by one mark throughout, or no groups; no leading zeros before a group. */
function corePattern(decimal: Decimal): string {
  const grouped = GROUPS[decimal].map((mark) => `[1-9][0-9]{0,2}(?:${escaped(mark)}[0-9]{3})+`);
  return `(?:${grouped.join("|")}|0|[1-9][0-9]*)(?:${escaped(decimal)}[0-9]+)?|${escaped(decimal)}[0-9]+`;
}

const CORE: Readonly<Record<Decimal, RegExp>> = {
  ".": new RegExp(`^(?:${corePattern(".")})$`),
  ",": new RegExp(`^(?:${corePattern(",")})$`),
  "٫": new RegExp(`^(?:${corePattern("٫")})$`),
};
const SIGNS = Object.keys(CURRENCY_SIGNS)
  .toSorted((left, right) => right.length - left.length)
  .map(escaped)
  .join("|");
/** Any sign or code of a currency beside a number. */
export const CURRENCY_TOKEN = `${SIGNS}|[A-Z]{3}`;
const WITH_TOKEN = new RegExp(
  `^(?<minus>[-(]?) ?(?:(?<before>${CURRENCY_TOKEN}) ?)?(?<body>-?[^A-Za-z()]*?)\\)?(?: ?(?<after>${CURRENCY_TOKEN}))?(?<tail>[-)]?)$`,
);

/** Cells of one shape in a number column: every digit is a 9, except that `zero` tells of a leading 0. */
export interface NumberShape {
  readonly shape: string;
  readonly zero: boolean;
  readonly cells: number;
  readonly line: number;
  readonly example: string;
}

export type NumberFinding =
  | {
      readonly kind: "found";
      readonly style: NumberStyle;
      readonly currencies: readonly string[];
      /** An amount other than 0 beside which no currency stands. */
      readonly unmarked: { readonly line: number; readonly value: string } | null;
      readonly proven: boolean;
    }
  | {
      readonly kind: "ambiguous";
      readonly mixed: boolean;
      readonly seen: readonly { line: number; value: string }[];
    };

/** What remains of a shape without sign, parentheses and currency; null when that is no number at all. */
function bare(shape: string): { core: string; token: string | null } | null {
  const parts = WITH_TOKEN.exec(shape)?.groups;
  if (!parts) return null;
  const core = (parts.body ?? "").trim().replace(/^-/, "").replace(/-$/, "").trim();
  return /9/.test(core) ? { core, token: parts.before ?? parts.after ?? null } : null;
}

/**
 * The style of a column. A lone mark before exactly three digits ("1,234") can mean thousands or decimals: other cells
 * of the column decide; where they do not, a count means thousands, and an amount is ambiguous.
 *
 * @param whole true for counts, which have no decimals
 * @param given the decimal mark that a person named
 */
export function findNumberStyle(
  shapes: readonly NumberShape[],
  whole: boolean,
  given: "." | "," | undefined,
): NumberFinding {
  const fits = new Map<Decimal, number>(DECIMALS.map((decimal) => [decimal, 0]));
  const integral = new Map<Decimal, number>(DECIMALS.map((decimal) => [decimal, 0]));
  const tokens = new Map<string, string>();
  const doubtful: NumberShape[] = [];
  const only = new Map<Decimal, NumberShape>();
  let known = 0;
  let unmarked: { line: number; value: string } | null = null;
  for (const shape of shapes) {
    const parts = bare(shape.shape);
    if (!parts) continue;
    const core = shape.zero ? parts.core.replace("9", "0") : parts.core;
    const hits = DECIMALS.filter((decimal) => CORE[decimal].test(core));
    if (hits.length === 0) continue;
    known += shape.cells;
    const code = parts.token === null ? null : currencyCode(parts.token);
    if (parts.token !== null && code !== null) tokens.set(parts.token, code);
    const isZero = shape.zero && core === "0";
    if (parts.token === null && !isZero && !(unmarked && unmarked.line < shape.line)) {
      unmarked = { line: shape.line, value: shape.example };
    }
    for (const decimal of hits) {
      fits.set(decimal, (fits.get(decimal) ?? 0) + shape.cells);
      if (!core.includes(decimal))
        integral.set(decimal, (integral.get(decimal) ?? 0) + shape.cells);
    }
    if (/^[0-9]{1,3}[.,][0-9]{3}$/.test(core) && hits.includes(".") && hits.includes(",")) {
      doubtful.push(shape);
    }
    const [hit] = hits;
    if (hits.length === 1 && hit !== undefined && !only.has(hit)) only.set(hit, shape);
  }
  const found = (decimal: Decimal, proven: boolean): NumberFinding => ({
    kind: "found",
    style: { decimal, tokens: [...tokens.keys()] },
    currencies: [...new Set(tokens.values())],
    unmarked,
    proven,
  });
  if (given) return found(given, true);
  const best = (score: Map<Decimal, number>) =>
    DECIMALS.toSorted((left, right) => (score.get(right) ?? 0) - (score.get(left) ?? 0))[0] ?? ".";
  if (whole) {
    const total = new Map(
      DECIMALS.map((decimal) => [
        decimal,
        (fits.get(decimal) ?? 0) * 2 + (integral.get(decimal) ?? 0),
      ]),
    );
    // Whatever is a whole number under this style in every cell would have been chosen from all cells too.
    return found(best(total), true);
  }
  const all = DECIMALS.filter((decimal) => fits.get(decimal) === known);
  const [first] = all;
  if (known === 0 || first === undefined) {
    if (known === 0) return found(".", false);
    const seen = [...only.values()].map(({ line, example }) => ({ line, value: example }));
    return { kind: "ambiguous", mixed: true, seen };
  }
  if (doubtful.length > 0 && all.includes(".") && all.includes(",")) {
    const seen = doubtful.slice(0, 3).map(({ line, example }) => ({ line, value: example }));
    return { kind: "ambiguous", mixed: false, seen };
  }
  return found(first, only.has(first));
}

/** SQL for the plain text of a number, `-?digits[.digits]`; null where the cell is not written in this style. */
export function plainNumberSql(cell: string, style: NumberStyle): string {
  const cleaned = `ingest_clean(${cell})`;
  const token = style.tokens.map(escaped).join("|");
  const unmarked =
    token === ""
      ? cleaned
      : `regexp_replace(regexp_replace(${cleaned}, ${quoteText(`^([-(]?) ?(?:${token}) ?`)}, '\\1'), ${quoteText(` ?(?:${token})([-)]?)$`)}, '\\1')`;
  const amount = `regexp_replace(regexp_replace(${unmarked}, '^\\((.*)\\)$', '-\\1'), '^([^-]+?) ?-$', '-\\1')`;
  const marks = GROUPS[style.decimal].join("");
  const bareText = `translate(${amount}, ${quoteText(marks)}, '')`;
  const plain =
    style.decimal === "." ? bareText : `replace(${bareText}, ${quoteText(style.decimal)}, '.')`;
  const fits = `regexp_full_match(${amount}, ${quoteText(`-?(?:${corePattern(style.decimal)})`)})`;
  return `CASE WHEN ${fits} THEN ${plain} END`;
}

/** Integers that a JavaScript number holds exactly. */
const SAFE = "9007199254740991";

/** SQL for a whole number as BIGINT; null where the cell is not one or would change. */
export function countSql(cell: string, style: NumberStyle): string {
  const fast = `TRY_CAST(${cell} AS BIGINT)`;
  const slow = `list_transform([regexp_replace(${plainNumberSql(cell, style)}, '\\.0+$', '')], lambda p: CASE
    WHEN regexp_full_match(p, '-?[0-9]{1,16}') AND abs(TRY_CAST(p AS BIGINT)) <= ${SAFE} THEN TRY_CAST(p AS BIGINT) END)[1]`;
  return `CASE WHEN CAST(${fast} AS VARCHAR) = ${cell} AND length(${cell}) <= 15 THEN ${fast} ELSE ${slow} END`;
}

/** SQL for an amount in minor units as BIGINT, exact; null where the cell is none or has too many decimals. */
export function minorSql(
  cell: string,
  style: NumberStyle,
  decimals: number,
  round: boolean,
): string {
  const plain = plainNumberSql(cell, style);
  const slow = minorOfPlainSql(plain, decimals, round);
  if (style.decimal !== ".") return slow;
  const point = decimals === 0 ? "" : `(\\.[0-9]{1,${decimals}})?`;
  const simple = `regexp_full_match(${cell}, '-?(0|[1-9][0-9]{0,11})${point}')`;
  const scaled = `CAST(TRY_CAST(${cell} AS DECIMAL(18, ${decimals})) * ${10 ** decimals} AS BIGINT)`;
  return `CASE WHEN ${simple} THEN ${scaled} ELSE ${slow} END`;
}

function minorOfPlainSql(plain: string, decimals: number, round: boolean): string {
  const exactForm = `'-?[0-9]{0,13}(\\.[0-9]{0,${decimals}}0*)?'`;
  const whole = `split_part(p, '.', 1)`;
  const fraction = `rpad(left(split_part(p, '.', 2), ${decimals}), ${decimals}, '0')`;
  const exact = `TRY_CAST(${decimals === 0 ? whole : `${whole} || ${fraction}`} AS BIGINT)`;
  const wide = "TRY_CAST(p AS DECIMAL(38, 18))";
  const rounded = `CAST(round(${wide}, ${decimals}) * ${10 ** decimals} AS BIGINT)`;
  const noise = `abs(TRY_CAST(p AS DOUBLE) - CAST(round(${wide}, ${decimals}) AS DOUBLE)) <= 1e-6 * abs(TRY_CAST(p AS DOUBLE))`;
  const near = round ? "true" : noise;
  return `list_transform([${plain}], lambda p: CASE
    WHEN regexp_full_match(p, ${exactForm}) THEN ${exact}
    WHEN regexp_full_match(p, '-?[0-9]{0,13}\\.[0-9]+') AND ${near} THEN ${rounded} END)[1]`;
}

/** SQL for the code of what is wrong with a number cell that could not be read. */
export function numberFaultSql(cell: string, style: NumberStyle, whole: boolean): string {
  const cleaned = `ingest_clean(${cell})`;
  const plain = plainNumberSql(cell, style);
  const foreign = quoteText(
    `^[-(]? ?(?:(?:${CURRENCY_TOKEN}) ?[-0-9.,٫٬ ]+|[-0-9.,٫٬ ]+ ?(?:${CURRENCY_TOKEN}))[-)]?$`,
  );
  const many = whole
    ? ""
    : `WHEN regexp_full_match(${plain}, '-?[0-9]{0,13}\\.[0-9]+') THEN 'TOO_MANY_DECIMALS'`;
  return `CASE
    ${many}
    WHEN (${plain}) IS NOT NULL THEN 'NUMBER_CHANGES'
    WHEN regexp_full_match(${cleaned}, '[-+]?[0-9]+([.,][0-9]+)?([eE][-+]?[0-9]+)?') THEN 'NUMBER_CHANGES'
    WHEN regexp_matches(${cleaned}, ${foreign}) THEN 'OTHER_CURRENCY'
    ELSE 'BAD_NUMBER' END`;
}
