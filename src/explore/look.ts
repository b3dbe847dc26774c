/**
 * A look at the data: one state of the warehouse, narrowed to what the caller may see, as few plainly named tables.
 * Rules, insights and profiles read these names and nothing else, so scope and as-of hold for all of them at once:
 *
 *   campaigns, insights, leads, log   the rows that count (exact duplicates left out)
 *   drops                             the rows that do not, with the reason
 *   accounts                          account_id, currency, time_zone
 *   files                             as raw.files
 *   steps, lead_logs, persons         the log from row to row and per lead, and leads with who they are
 *   retold                            insight rows that tell a day again which an earlier line tells
 *   series, series_days               entities of campaigns by a number, and what each tells of a day
 */
import type { Currency } from "../contract/formats.ts";
import { type AccountDefinitions, type Definitions, definitionsOf } from "../domain/definitions.ts";
import { currencyDecimals } from "../domain/money.ts";
import type { Scope } from "../domain/scope.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Params } from "../warehouse/values.ts";
import type { Session, Warehouse } from "../warehouse/warehouse.ts";
import { type Speak, speaker } from "./say.ts";

export const LOOK_TABLES = ["campaigns", "insights", "leads", "log"] as const;
export type LookTable = (typeof LOOK_TABLES)[number];

export interface LookOptions {
  readonly scope: Scope;
  readonly definitions: Definitions;
  /** Only what was known at the end of this day, `YYYY-MM-DD`. */
  readonly asOf?: string | null;
  /** Only rows of these files. */
  readonly files?: readonly number[] | null;
  /** Only delivery and arrivals of these days, projects and campaigns. */
  readonly within?: LookPart;
  /** Leads without names, addresses, phones and attributes, for questions that need none of them; default: with them. */
  readonly contacts?: boolean;
}

/** A part of the data: days (both inclusive; null = open), and names, of which none means all. */
export interface LookPart {
  readonly from: string | null;
  readonly to: string | null;
  readonly projects: readonly string[];
  readonly campaigns: readonly string[];
}

/** A look at one state of the data. */
export interface Look {
  /** Reads the tables above. */
  readonly session: Session;
  readonly scope: Scope;
  readonly definitions: Definitions;
  /** Settings of the workspace, or of the one account looked at. */
  readonly settings: AccountDefinitions;
  /** Of all money looked at; `currency` null where several are mixed. */
  readonly unit: Currency;
  readonly speak: Speak;
  /** Rows per table. */
  readonly rows: Readonly<Record<LookTable, number>>;
  /** Whether its leads have names, addresses, phones and attributes. */
  readonly contacts: boolean;
  /** What it was narrowed to: days up to this one, rows of these files; null = everything. */
  readonly asOf: string | null;
  readonly files: readonly number[] | null;
  /** First day, and the last that had come when its file was imported. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /**
   * A query over the tables above as one statement that anyone can run on the warehouse file: parameters written out,
   * the tables it names put before it.
   */
  listing(sql: string, params?: Params): string;
  close(): Promise<void>;
}

/** Made of the tables above; views, as not everybody needs them. */
export const DERIVED_TABLES = [
  "steps",
  "lead_logs",
  "persons",
  "retold",
  "series",
  "series_days",
] as const;

/** Above this many rows a table is read where it lies instead of being copied for the look. */
const COPIED_ROWS = 3_000_000;

const TABLE_SQL = (name: string) =>
  sqlFile(import.meta.url, `sql/look/${name}.sql`)
    .replace(/^--.*\n/gm, "")
    .trim();

const KNOWN_BY: Readonly<Record<LookTable, string>> = {
  campaigns: "coalesce(start_time::DATE, DATE '0001-01-01')",
  insights: "day",
  leads: "day",
  log: "day",
};

function literal(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return String(value);
  return `'${String(value).replaceAll("'", "''")}'`;
}

/** `$name` of a statement written out; texts and longer names of the statement stay as they are. */
function withValues(sql: string, params: Params): string {
  return sql.replace(/'(?:[^']|'')*'|\$([a-z_][a-z0-9_]*)/gi, (whole, name: string | undefined) =>
    name !== undefined && name in params ? literal(params[name]) : whole,
  );
}

/** Campaigns that lie beyond a part stay out with all that is theirs; so do rows of the log, by the arrival of their lead. */
function partClauses(table: LookTable, part: LookPart): string[] {
  const { from, to, projects, campaigns } = part;
  const named = [
    ...(projects.length > 0 ? [`list_contains(${literal(projects)}, project_name)`] : []),
    ...(campaigns.length > 0 ? [`list_contains(${literal(campaigns)}, campaign_id)`] : []),
  ];
  const among =
    named.length === 0
      ? []
      : table === "campaigns"
        ? named
        : [
            `(account_id, campaign_id) IN (SELECT (account_id, campaign_id) FROM staging.campaigns WHERE ${named.join(" AND ")})`,
          ];
  const days = [
    ...(from === null ? [] : [`day >= DATE ${literal(from)}`]),
    ...(to === null ? [] : [`day <= DATE ${literal(to)}`]),
  ];
  if (table === "campaigns") return among;
  const own = [...among, ...days];
  if (table !== "log" || own.length === 0) return own;
  return [
    `(account_id, lead_id) IN (SELECT (account_id, lead_id) FROM (SELECT *, added_at::DATE AS day FROM staging.campaign_leads) WHERE ${own.join(" AND ")})`,
  ];
}

function clausesOf(table: LookTable, { scope, asOf, files, within }: LookOptions): string {
  const clauses: string[] = within ? partClauses(table, within) : [];
  if (scope.accounts !== "all") {
    clauses.push(
      scope.accounts.length === 0
        ? "false"
        : `list_contains(${literal(scope.accounts)}, account_id)`,
    );
  }
  if (asOf) clauses.push(`${KNOWN_BY[table]} <= DATE ${literal(asOf)}`);
  if (files)
    clauses.push(files.length === 0 ? "false" : `file_id IN (${files.map(Number).join(", ")})`);
  return clauses.length === 0 ? "" : `\nWHERE ${clauses.join(" AND ")}`;
}

/** The definition of a table of the look. */
function tableSql(table: string, options: LookOptions): string {
  const inner = TABLE_SQL(table);
  const { scope, files } = options;
  if (table === "drops") {
    const within = [
      ...(scope.accounts === "all"
        ? []
        : [`list_contains(${literal(scope.accounts)}, account_id)`]),
      ...(files
        ? [files.length === 0 ? "false" : `file_id IN (${files.map(Number).join(", ")})`]
        : []),
    ];
    return within.length === 0
      ? inner
      : `SELECT * FROM (\n${inner}\n) WHERE ${within.join(" AND ")}`;
  }
  const where = clausesOf(table as LookTable, options);
  return where === "" ? inner : `SELECT * FROM (\n${inner}\n)${where}`;
}

/** What a look without contacts leaves out of its copy of the leads. */
const CONTACTS =
  "name, name_search, email, email_valid, phone, phone_e164, phone_country, phone_valid, attributes";

const ACCOUNTS_SQL = "SELECT account_id, currency, time_zone, currencies FROM marts.accounts";
const FILES_SQL = "SELECT * FROM raw.files";

function accountsSql(scope: Scope): string {
  return scope.accounts === "all"
    ? ACCOUNTS_SQL
    : `${ACCOUNTS_SQL} WHERE list_contains(${literal(scope.accounts)}, account_id)`;
}

/**
 * Opens a look: a connection and a transaction of its own, so that everything asked sees one state.
 * Close it; nothing is ever written.
 */
export async function openLook(warehouse: Warehouse, options: LookOptions): Promise<Look> {
  const session = await warehouse.openScratch();
  try {
    await session.run("BEGIN TRANSACTION");
    const definitionOf: Record<string, string> = {
      accounts: accountsSql(options.scope),
      files: FILES_SQL,
      drops: tableSql("drops", options),
    };
    const rows = {} as Record<LookTable, number>;
    for (const table of LOOK_TABLES) {
      const sql = tableSql(table, options);
      definitionOf[table] = sql;
      const source =
        table === "log" ? "lead_status_changes" : table === "leads" ? "campaign_leads" : table;
      const size = await session.first<{ n: number }>(`SELECT count(*) AS n FROM raw.${source}`);
      const what = (size?.n ?? 0) > COPIED_ROWS ? "VIEW" : "TABLE";
      const slim = options.contacts === false && table === "leads";
      const made = await session.first<{ Count: number }>(
        `CREATE TEMP ${what} ${table} AS ${slim ? `SELECT * EXCLUDE (${CONTACTS}) FROM (${sql})` : sql}`,
      );
      const counted =
        made ??
        (await session.first<{ Count: number }>(`SELECT count(*) AS "Count" FROM ${table}`));
      rows[table] = counted?.Count ?? 0;
    }
    for (const name of ["accounts", "files", "drops"]) {
      await session.run(`CREATE TEMP VIEW ${name} AS ${definitionOf[name]}`);
    }
    for (const name of DERIVED_TABLES) {
      definitionOf[name] = TABLE_SQL(name);
      if (name === "persons" && options.contacts === false) continue;
      await session.run(`CREATE TEMP VIEW ${name} AS ${definitionOf[name]}`);
    }
    const facts = await session.first<{
      accounts: number;
      only: string | null;
      currencies: string[] | null;
      first_day: string | null;
      last_day: string | null;
    }>(`SELECT count(*) AS accounts, any_value(a.account_id) AS only,
               list_sort(list_distinct(flatten(list(a.currencies)))) AS currencies,
               min(m.first_day)::VARCHAR AS first_day, max(m.last_day)::VARCHAR AS last_day
        FROM accounts AS a JOIN marts.accounts AS m USING (account_id)`);
    const only = facts?.accounts === 1 ? facts.only : null;
    const settings = definitionsOf(options.definitions, only);
    const currencies = facts?.currencies ?? [];
    const currency = currencies.length > 1 ? null : (currencies[0] ?? settings.currency);
    const unit = { currency, currencyDecimals: currencyDecimals(currency ?? settings.currency) };
    const lastKnown = facts?.last_day ?? null;
    const asOf = options.asOf ?? null;
    return {
      session,
      scope: options.scope,
      definitions: options.definitions,
      settings,
      unit,
      speak: speaker(unit),
      rows,
      contacts: options.contacts ?? true,
      asOf,
      files: options.files ?? null,
      firstDay: facts?.first_day ?? null,
      lastDay: asOf !== null && (lastKnown === null || asOf < lastKnown) ? asOf : lastKnown,
      listing(sql, params = {}) {
        const text = withValues(sql.replace(/^--.*\n/gm, "").trim(), params);
        const reads = (sql: string, name: string) =>
          new RegExp(`\\b(?:FROM|JOIN)\\s+${name}\\b`, "i").test(sql);
        const derived = DERIVED_TABLES.filter((name) => reads(text, name));
        const whole = [text, ...derived.map((name) => definitionOf[name])].join("\n");
        const named = Object.entries(definitionOf).filter(([name]) => reads(whole, name));
        if (named.length === 0) return text;
        const tables = named.map(([name, definition]) => `${name} AS (\n${definition}\n)`);
        return `WITH ${tables.join(",\n")}\nSELECT * FROM (\n${text}\n)`;
      },
      async close() {
        await session.run("ROLLBACK").catch(() => undefined);
        session.close();
      },
    };
  } catch (error) {
    await session.run("ROLLBACK").catch(() => undefined);
    session.close();
    throw error;
  }
}
