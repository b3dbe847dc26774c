/** What may be said about an import on the command line, and how it is read. */
import { Problem } from "../base/problem.ts";
import type { Mapping } from "../contract/imports.ts";
import { parseMapArgument } from "../ingest/map-argument.ts";
import type { Sources } from "../workflows/sources.ts";
import { COMMON_OPTIONS, levelOption, oneOf, type parseVerb } from "./command.ts";

export const IMPORT_OPTIONS = {
  ...COMMON_OPTIONS,
  account: { type: "string" },
  map: { type: "string", multiple: true },
  "date-format": { type: "string", multiple: true },
  decimal: { type: "string" },
  currency: { type: "string" },
  level: { type: "string" },
  "level-counts": { type: "string" },
  "round-money": { type: "boolean", default: false },
  "skip-problems": { type: "boolean", default: false },
  "no-save-map": { type: "boolean", default: false },
  preview: { type: "boolean", default: false },
  rejects: { type: "string" },
  name: { type: "string" },
  list: { type: "boolean", default: false },
  undo: { type: "string" },
} as const;

export type Given = ReturnType<typeof parseVerb<typeof IMPORT_OPTIONS>>["values"];

export const IMPORT_USAGE = `leadsmart import PATH… [--home DIR] [--account ID] [--preview] [--rejects FILE] [--json]
       leadsmart import --list | --undo IMPORT_ID

  PATH                  a directory, a file (csv, tsv, xlsx, parquet, jsonl, gz, zip), or - for standard input
  --account ID          the account of rows that name none
  --map [FILE:]SPEC     columns by hand: "table=insights,day=Date,spend=Cost", or a JSON file; kept for these headers
  --date-format F=FMT   format of a date field, e.g. day=%d/%m/%Y
  --decimal . or ,      decimal sign of the file's numbers
  --currency CODE       currency of the file's money
  --level L             what an insights row stands for: campaign, ad_set or ad
  --level-counts L      which level counts where exports of several levels cover the same days
  --round-money         round amounts with more decimals than their currency has, instead of rejecting them
  --skip-problems       import the readable files and leave the others
  --no-save-map         do not keep --map for later files
  --preview             show what would come in, change nothing
  --rejects FILE        write rejected records with file, line, column, value and reason as CSV
  --name NAME           name for standard input or a pipe, e.g. insights.csv`;

function currencyCode(text: string): string {
  if (/^[A-Z]{3}$/.test(text)) return text;
  throw new Problem("BAD_USAGE", {
    what: `--currency takes an ISO 4217 code such as EGP, not "${text}"`,
    fix: "Write its three capital letters.",
  });
}

/** What the options say over a mapping that was recognised or given. */
export function overrides(given: Given): Partial<Mapping> {
  const dateFormats = Object.fromEntries(
    (given["date-format"] ?? []).map((text) => {
      const at = text.indexOf("=");
      if (at < 1) {
        throw new Problem("BAD_USAGE", {
          what: `--date-format takes field=format, not "${text}"`,
          fix: "For example --date-format day=%d/%m/%Y.",
        });
      }
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
  const decimal = oneOf("decimal", [".", ","] as const, given.decimal);
  const level = levelOption("level", given.level);
  return {
    ...(Object.keys(dateFormats).length > 0 ? { dateFormats } : {}),
    ...(decimal ? { decimal } : {}),
    ...(level ? { level } : {}),
    ...(given.currency === undefined ? {} : { currency: currencyCode(given.currency) }),
    ...(given["round-money"] ? { roundMoney: true } : {}),
  };
}

/** @throws Problem `BAD_USAGE`, `BAD_MAP_ARGUMENT` */
export function mappingsGiven(given: Given, sources: Sources): Record<string, Mapping> {
  const mappings: Record<string, Mapping> = {};
  for (const text of given.map ?? []) {
    const named = sources.sources.find((source) => text.startsWith(`${source.name}:`));
    const target = named ?? (sources.sources.length === 1 ? sources.sources[0] : undefined);
    if (!target) {
      throw new Problem("BAD_USAGE", {
        what: "--map does not say which of the files it is for",
        fix: `Put the file's name before it, e.g. --map "${sources.sources[0]?.name ?? "FILE"}:table=…".`,
      });
    }
    mappings[target.name] = parseMapArgument(named ? text.slice(named.name.length + 1) : text);
  }
  return mappings;
}
