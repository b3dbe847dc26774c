/**
 * The profile of any table: takes a relation and its columns, gives what each column holds, what names a row, and how
 * measures go together. Exact up to five million rows; above, what is only "about" says so.
 */
import type { ColumnProfile, TableProfile } from "../../contract/explore.ts";
import { masked } from "../../domain/contacts.ts";
import type { Session } from "../../warehouse/warehouse.ts";
import { correlationsOf, type RankedMeasure, rankMeasure } from "./correlations.ts";
import { type KeyColumn, keysOf } from "./keys.ts";
import { missingParts, NOWHERE } from "./missing.ts";
import { numbersOf } from "./numbers.ts";
import {
  type ColumnKind,
  isMeasure,
  isTime,
  type Profiled,
  type ProfiledColumn,
} from "./profiled.ts";
import { lengthsOf, patternsOf, textKind, topValues } from "./texts.ts";
import { timeOf } from "./times.ts";
import { gatherValues, VALUES, valueSql } from "./values.ts";

/** Measures with fewer different values are categories in numbers; ranks of them tell little. */
const LEAST_VALUES = 3;

interface Looked {
  readonly profile: ColumnProfile;
  readonly key: KeyColumn;
  readonly ranked: RankedMeasure | null;
}

async function lookAt(
  session: Session,
  from: string,
  column: ProfiledColumn,
  rows: number,
  index: number,
): Promise<Looked> {
  const { missing, present, distinct, thinning } = await gatherValues(session, from, column, rows);
  const kind: ColumnKind =
    present === 0
      ? "empty"
      : column.kind === "undecided"
        ? await textKind(session, column.name, distinct.value, present)
        : column.kind;
  const numeric = isMeasure(kind);
  const time = isTime(kind);
  const textual = !numeric && !time && kind !== "boolean" && kind !== "empty";
  const personal = column.personal === true || kind === "phone" || kind === "email";
  const show = personal ? masked : (value: string) => value;
  const inDays = (value: string) =>
    kind === "date" ? `date_diff('day', DATE '1970-01-01', ${value})` : `epoch(${value}) / 86400`;
  const thinned = (value: string) => (thinning > 1 ? { from, value } : null);
  const ordered = `profile_ordered_${index}`;
  const numbers = numeric
    ? await numbersOf(session, "v", kind !== "number", ordered, thinned(valueSql(column)))
    : time
      ? await numbersOf(session, inDays("v"), kind === "date", ordered, thinned(inDays(column.sql)))
      : null;
  const ranked =
    numeric && numbers && thinning === 1 && distinct.value >= LEAST_VALUES
      ? await rankMeasure(session, column, ordered, {
          distinct: distinct.value,
          missing,
        })
      : null;
  if (ranked === null && numbers) await session.run(`DROP TABLE IF EXISTS ${ordered}`);
  return {
    key: { column: { ...column, kind }, missing, distinct: distinct.value },
    ranked,
    profile: {
      name: column.name,
      kind,
      missing,
      missingShare: rows === 0 ? 0 : missing / rows,
      missingBy: NOWHERE,
      distinct,
      numbers,
      top: kind === "empty" ? [] : await topValues(session, rows, show),
      length: textual ? await lengthsOf(session) : null,
      patterns: textual ? await patternsOf(session, kind, thinning, show) : [],
      time: time ? await timeOf(session, kind, thinning) : null,
    },
  };
}

/**
 * Profiles a relation.
 *
 * Each column is read once into its distinct values with counts; everything but the gathering of missing values, keys
 * of several columns and correlations follows from those. Phones, e-mails and columns marked personal are masked.
 */
export async function profileTable(session: Session, profiled: Profiled): Promise<TableProfile> {
  const { from } = profiled;
  const counted = await session.first<{ n: number }>(`SELECT count(*) AS n FROM ${from}`);
  const rows = counted?.n ?? 0;
  const looked: Looked[] = [];
  for (const [index, column] of profiled.columns.entries()) {
    looked.push(await lookAt(session, from, column, rows, index));
  }
  await session.run(`DROP TABLE IF EXISTS ${VALUES}`);
  const parts = await missingParts(
    session,
    profiled,
    looked.flatMap(({ key, profile }) =>
      profile.missing > 0 && profile.missing < rows
        ? [{ column: key.column, share: profile.missingShare }]
        : [],
    ),
  );
  return {
    table: profiled.table,
    sources: [...profiled.sources],
    rows,
    columns: looked.map(({ profile }) => ({
      ...profile,
      missingBy: parts.get(profile.name) ?? NOWHERE,
    })),
    keys: await keysOf(
      session,
      profiled,
      looked.map(({ key }) => key),
      rows,
    ),
    correlations: await correlationsOf(
      session,
      from,
      looked.flatMap(({ ranked }) => ranked ?? []),
      rows,
    ),
  };
}
