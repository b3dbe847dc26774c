/** What is known of one column, in the order in which it is read: the page and the Markdown lay out the same facts. */
import type { ColumnProfile } from "../../contract/explore.ts";
import { bareValue, shownValue } from "./column-value.ts";
import type { Voice } from "./voice.ts";
import type { Word } from "./words.ts";

const QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const MEDIAN = 3;
/** Of gaps, unusual days and parts with missing values, so many are named. */
const SHOWN = 8;
/** Rarer values are told by their number, since their share says nothing. */
const SAYS_SOMETHING = 0.001;
/** A shape that fewer values than this share have is none that values keep to. */
const COMMON_SHAPE = 0.01;

/** One value of a fact: what it is of, the value, and what belongs behind it in brackets. */
export interface Part {
  readonly lead?: string;
  readonly text: string;
  readonly note?: string;
  /** Whether it is a shape, written in the letters of code. */
  readonly code?: boolean;
}

export interface Fact {
  /** Null where the values speak for themselves. */
  readonly word: Word | null;
  readonly parts: readonly Part[];
  /** Drawn beside the words where pictures cannot be. */
  readonly counts?: readonly number[];
  /** Whether there are more than are named. */
  readonly more?: boolean;
}

/** From the least to the largest, or from the first day to the last. */
function rangeOf(column: ColumnProfile, voice: Voice): Fact[] {
  const { numbers, time } = column;
  if (time)
    return [
      {
        word: null,
        parts: [{ text: voice.formats.period(time.first.slice(0, 10), time.last.slice(0, 10)) }],
      },
    ];
  if (!numbers) return [];
  const [least, most] = [numbers.min, numbers.max].map((value) =>
    voice.apart(shownValue(column, value, voice)),
  );
  const about = numbers.exact ? "" : `${voice.t("about")} `;
  return [
    {
      word: null,
      parts: [
        { text: voice.range(least ?? "", most ?? "") },
        {
          lead: voice.t("median"),
          text: `${about}${shownValue(column, numbers.quantiles[MEDIAN] ?? 0, voice)}`,
        },
      ],
    },
  ];
}

function spreadOf(column: ColumnProfile, voice: Voice): Fact[] {
  const { numbers, time } = column;
  if (!numbers) return [];
  const about = numbers.exact ? "" : `${voice.t("about")} `;
  const quantiles: Fact = {
    word: "quantiles",
    parts: QUANTILES.map((share, i) => ({
      lead: voice.percent(share),
      text: `${about}${bareValue(column, numbers.quantiles[i] ?? 0, voice)}`,
    })).filter((_, i) => time !== null || i !== MEDIAN),
  };
  if (time) return [quantiles];
  const count = (word: Word, n: number): Part[] =>
    n > 0 ? [{ lead: voice.t(word), text: voice.count(n) }] : [];
  return [
    quantiles,
    {
      word: null,
      parts: [
        { lead: voice.t("mean"), text: bareValue(column, numbers.mean, voice) },
        ...(numbers.skew === null
          ? []
          : [{ lead: voice.t("skew"), text: voice.number(numbers.skew) }]),
        ...count("zeros", numbers.zeros),
        ...count("negatives", numbers.negatives),
        ...count("outliers", numbers.outliers),
      ],
    },
  ];
}

function topOf(column: ColumnProfile, voice: Voice): Fact[] {
  // Of many values those that occur once are not frequent.
  const repeated = column.top.filter(({ n }) => n > 1 || column.distinct.value <= SHOWN);
  if (repeated.length === 0) return [];
  // Masked values may look the same; one of them tells as much as all.
  const seen = new Set<string>();
  const told = repeated.filter(({ value }) => !seen.has(value) && seen.add(value));
  const parts = told.map(({ value, n, share }) => ({
    text: column.kind === "money" ? bareValue(column, Number(value), voice) : value,
    note: share >= SAYS_SOMETHING ? voice.percent(share) : `×\u00a0${voice.count(n)}`,
  }));
  return [{ word: "top", parts, more: told.length < repeated.length }];
}

function textsOf(column: ColumnProfile, rows: number, voice: Voice): Fact[] {
  const { length, patterns } = column;
  const facts: Fact[] = [];
  if (length) {
    const part = (lead: Word, n: number): Part => ({ lead: voice.t(lead), text: voice.count(n) });
    facts.push({
      word: "length",
      parts:
        length.min === length.max
          ? [{ text: voice.count(length.max) }]
          : [part("fewest", length.min), part("median", length.median), part("most", length.max)],
    });
  }
  const share = (n: number) => (rows === 0 ? 0 : n / rows);
  if (patterns.length > 0) {
    // Where hardly two values are alike in shape, one example tells as much as six.
    const shown = share(patterns[0]?.n ?? 0) < COMMON_SHAPE ? patterns.slice(0, 1) : patterns;
    facts.push({
      word: "patterns",
      parts: shown.map(({ pattern, n, example }) => ({
        text: pattern,
        code: true,
        note: `${voice.percent(share(n))}${voice.comma}${voice.apart(example)}`,
      })),
      more: shown.length < patterns.length,
    });
  }
  return facts;
}

/** Where there is most and least of something. */
function extremes(
  word: Word,
  counts: readonly number[],
  nameOf: (i: number) => string,
  noteOf: (n: number) => string,
  voice: Voice,
): Fact[] {
  const most = counts.indexOf(Math.max(...counts));
  const fewest = counts.indexOf(Math.min(...counts));
  if (most === fewest) return [];
  const part = (lead: Word, i: number): Part => ({
    lead: voice.t(lead),
    text: nameOf(i),
    note: noteOf(counts[i] ?? 0),
  });
  return [{ word, counts, parts: [part("most", most), part("fewest", fewest)] }];
}

function timesOf(column: ColumnProfile, voice: Voice): Fact[] {
  const { time } = column;
  if (!time) return [];
  const { count, formats } = voice;
  const all = time.weekday.reduce((sum, n) => sum + n, 0);
  const share = (n: number) => voice.percent(all === 0 ? null : n / all);
  const facts = [
    ...extremes("weekdays", time.weekday, (i) => voice.weekday(i, "long"), share, voice),
    ...(time.hour
      ? extremes("hours", time.hour, (i) => `${String(i).padStart(2, "0")}:00`, share, voice)
      : []),
  ];
  if (time.gapDays > 0) {
    const shown = time.gaps.slice(0, SHOWN);
    facts.push({
      word: "gaps",
      parts: [
        { text: count(time.gapDays) },
        ...shown.map(({ from, to, days }, i) => ({
          ...(i === 0 && { lead: voice.t("longest") }),
          text: formats.period(from, to),
          ...(days > 1 && { note: count(days) }),
        })),
      ],
      more: shown.reduce((sum, { days }) => sum + days, 0) < time.gapDays,
    });
  }
  if (time.jumps.length > 0)
    facts.push({
      word: "jumps",
      parts: time.jumps.slice(0, SHOWN).map(({ day, n, usual }) => ({
        text: formats.day(day),
        note: `${count(n)}${voice.comma}${voice.t("usually")} ${count(Math.round(usual))}`,
      })),
      more: time.jumps.length > SHOWN,
    });
  return facts;
}

/** Months are `YYYY-MM`; rows without a time stand under another key. */
function monthName(key: string, voice: Voice): string {
  return /^\d{4}-\d{2}$/.test(key) ? voice.formats.month(`${key}-01`) : key;
}

function missingOf(column: ColumnProfile, voice: Voice): Fact[] {
  const { month, account, source } = column.missingBy;
  const facts = extremes(
    "missingByMonth",
    month.map(({ share }) => share),
    (i) => monthName(month[i]?.key ?? "", voice),
    (share) => voice.percent(share),
    voice,
  );
  const parts = [...account, ...source];
  if (parts.length > 0)
    facts.push({
      word: "missingBy",
      parts: parts
        .slice(0, SHOWN)
        .map(({ key, share }) => ({ text: key, note: voice.percent(share) })),
      more: parts.length > SHOWN,
    });
  return facts;
}

/** @param rows of the table, of which the shares are */
export function factsOf(column: ColumnProfile, rows: number, voice: Voice): Fact[] {
  return [
    ...rangeOf(column, voice),
    ...spreadOf(column, voice),
    ...topOf(column, voice),
    ...textsOf(column, rows, voice),
    ...timesOf(column, voice),
    ...missingOf(column, voice),
  ];
}
