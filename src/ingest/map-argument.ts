/** The `--map` argument: which table a file is and which column is which field, in one line or a JSON file. */
import { readFileSync } from "node:fs";
import { Problem } from "../base/problem.ts";
import { Mapping } from "../contract/imports.ts";
import { REST } from "./recognise.ts";

function badArgument(text: string, what: string, cause?: unknown): Problem {
  return new Problem("BAD_MAP_ARGUMENT", {
    what,
    where: `--map ${text}`,
    fix: 'Write e.g. --map "table=insights,day=Date,spend=Cost (EGP)", or name a JSON file; docs/import.md shows both.',
    cause,
  });
}

function checked(text: string, value: unknown): Mapping {
  const parsed = Mapping.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") || "the mapping";
  throw badArgument(text, `${place}: ${issue?.message ?? "is not valid"}`, parsed.error);
}

const DECIMALS: Readonly<Record<string, string>> = { ".": ".", point: ".", comma: ",", ",": "," };

/**
 * A mapping from `table=T,field=Column,…` or from a JSON file. Column names may hold commas and equal signs: a comma
 * separates only before the next `word=`. Beside fields: `currency=EGP`, `decimal=comma`, `level=ad_set`,
 * `round_money=yes`, `date_format.day=%d/%m/%Y`. Fields that are not named are recognised as usual.
 *
 * @throws Problem `BAD_MAP_ARGUMENT`
 */
export function parseMapArgument(text: string): Mapping {
  if (!text.includes("=")) {
    try {
      return checked(text, JSON.parse(readFileSync(text, "utf8")));
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw badArgument(text, "This is neither a mapping nor a readable JSON file", error);
    }
  }
  const mapping: Record<string, unknown> = {};
  const fields: Record<string, string> = { [REST]: REST };
  const dateFormats: Record<string, string> = {};
  for (const part of text.split(/,(?=\s*[a-z_]+(?:\.[a-z_]+)?\s*=)/)) {
    const cut = part.indexOf("=");
    const key = part.slice(0, cut).trim();
    const value = part.slice(cut + 1).trim();
    if (cut < 1 || value === "") throw badArgument(text, `"${part.trim()}" is not field=column`);
    if (key === "table" || key === "level" || key === "currency") mapping[key] = value;
    else if (key === "decimal") mapping.decimal = DECIMALS[value] ?? value;
    else if (key === "round_money") mapping.roundMoney = value === "yes" || value === "true";
    else if (key.startsWith("date_format.")) dateFormats[key.slice("date_format.".length)] = value;
    else fields[key] = value;
  }
  if (Object.keys(dateFormats).length > 0) mapping.dateFormats = dateFormats;
  return checked(text, { ...mapping, fields });
}
