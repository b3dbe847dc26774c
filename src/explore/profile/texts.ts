/** A column of texts: lengths, shapes, the most frequent values, and what kind of text it is. */
import type { ColumnProfile } from "../../contract/explore.ts";
import type { Session } from "../../warehouse/warehouse.ts";
import { type ColumnKind, namesAnId } from "./profiled.ts";
import { VALUES } from "./values.ts";

const SHOWN_VALUES = 10;
const SHOWN_SHAPES = 6;
const LONGEST_SHAPE = 40;

/**
 * A text's shape: letters as a/A, digits as 9, a run of four letters and more as a+ or A+. Runs go first: a pattern
 * costs by its matches. Most ids and phones are nothing but digits, which one look tells.
 */
const SHAPE = `CASE WHEN regexp_full_match(v, '[+]?[0-9]+')
    THEN CASE WHEN starts_with(v, '+') THEN '+' ELSE '' END
         || repeat('9', least(length(v), ${LONGEST_SHAPE}) - starts_with(v, '+')::INTEGER)
  ELSE regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    CASE WHEN strlen(v) = length(v) THEN left(v, ${LONGEST_SHAPE})
         ELSE regexp_replace(regexp_replace(left(v, ${LONGEST_SHAPE}), '[\\p{Ll}\\p{Lo}]', 'a', 'g'), '[\\p{Lu}\\p{Lt}]', 'A', 'g') END,
    '[a-z]{4,}', 'a+', 'g'), '[A-Z]{4,}', 'A+', 'g'), '[b-z]', 'a', 'g'), '[B-Z]', 'A', 'g'), '[0-8٠-٩۰-۹]', '9', 'g') END`;
/** Of an e-mail the domain says more than the letters before it. */
const EMAIL_SHAPE =
  "CASE WHEN contains(v, '@') THEN '…@' || lower(split_part(v, '@', -1)) ELSE '?' END";

/** The most frequent values, none where no value occurs twice. */
export async function topValues(
  session: Session,
  rows: number,
  show: (value: string) => string,
): Promise<ColumnProfile["top"]> {
  const found = await session.all<{ value: string; n: number }>(
    `SELECT v::VARCHAR AS value, n FROM ${VALUES} WHERE v IS NOT NULL ORDER BY n DESC, v LIMIT ${SHOWN_VALUES}`,
  );
  if ((found[0]?.n ?? 0) < 2 && found.length >= SHOWN_VALUES) return [];
  return found.map(({ value, n }) => ({
    value: show(value.length > 120 ? `${value.slice(0, 120)}…` : value),
    n,
    share: rows === 0 ? 0 : n / rows,
  }));
}

/** Lengths in characters. */
export async function lengthsOf(session: Session): Promise<ColumnProfile["length"]> {
  const found = await session.all<{ l: number; n: number }>(
    `SELECT length(v) AS l, sum(n)::BIGINT AS n FROM ${VALUES} WHERE v IS NOT NULL GROUP BY l ORDER BY l`,
  );
  const first = found[0];
  const last = found.at(-1);
  if (!first || !last) return null;
  const half = found.reduce((sum, { n }) => sum + n, 0) / 2;
  let upto = 0;
  const median = found.find(({ n }) => {
    upto += n;
    return upto >= half;
  });
  return { min: first.l, median: median?.l ?? first.l, max: last.l };
}

export async function patternsOf(
  session: Session,
  kind: ColumnKind,
  thinning: number,
  show: (value: string) => string,
): Promise<ColumnProfile["patterns"]> {
  const shape = kind === "email" ? EMAIL_SHAPE : SHAPE;
  const found = await session.all<{ pattern: string; n: number; example: string }>(
    `SELECT pattern, sum(n)::BIGINT AS n, min(v) AS example
     FROM (SELECT v, n, ${shape} AS pattern FROM ${VALUES} WHERE v IS NOT NULL)
     GROUP BY pattern ORDER BY n DESC, pattern LIMIT ${SHOWN_SHAPES}`,
  );
  return found.map(({ pattern, n, example }) => ({
    pattern,
    n: n * thinning,
    example: show(example.length > 80 ? `${example.slice(0, 80)}…` : example),
  }));
}

/**
 * What an undecided text is: phones and e-mails by nine in ten values, ids by their name or by being nearly all
 * different and without spaces, categories by repeating themselves.
 */
export async function textKind(
  session: Session,
  name: string,
  distinct: number,
  present: number,
): Promise<ColumnKind> {
  const seen = await session.first<{
    n: number;
    email: number;
    phone: number;
    spaced: number;
    digits: number;
    long: number;
  }>(`SELECT coalesce(sum(n), 0)::BIGINT AS n,
        coalesce(sum(n) FILTER (contains(v, '@') AND regexp_full_match(v, '[^@\\s]+@[^@\\s]+[.][^@\\s.]+')), 0)::BIGINT AS email,
        coalesce(sum(n) FILTER (regexp_full_match(v, '(p:)?[+(]?[0-9٠-٩][0-9٠-٩ ()./-]{6,18}')), 0)::BIGINT AS phone,
        coalesce(sum(n) FILTER (contains(v, ' ')), 0)::BIGINT AS spaced,
        coalesce(sum(n) FILTER (regexp_matches(v, '[0-9]')), 0)::BIGINT AS digits,
        coalesce(sum(n) FILTER (length(v) > 100), 0)::BIGINT AS long
      FROM ${VALUES} WHERE v IS NOT NULL`);
  if (!seen || seen.n === 0) return "empty";
  if (seen.email >= 0.9 * seen.n) return "email";
  if (namesAnId(name)) return "id";
  if (seen.phone >= 0.9 * seen.n && distinct > 0.2 * present) return "phone";
  if (seen.long > 0.1 * seen.n) return "text";
  if (distinct <= 50 || distinct <= 0.02 * present) return "category";
  const different = distinct >= 0.98 * present;
  if (different && seen.spaced <= 0.01 * seen.n && seen.digits >= 0.9 * seen.n) return "id";
  return distinct <= 2000 && present >= 5 * distinct ? "category" : "text";
}
