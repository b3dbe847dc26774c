/**
 * Where a caller's scope and filters enter SQL: the only place that writes such a clause.
 * Named queries carry markers, which are comments (so every file prepares as it stands) and become clauses here.
 */
import type { Basis, SelectionQuery } from "../contract/common.ts";
import type { Scope } from "../domain/scope.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Params } from "../warehouse/values.ts";

type Filters = Pick<SelectionQuery, "account" | "project" | "campaign" | "asOf" | "basis">;

/** Clauses for a marker, and what it may name instead of the default. */
export type Clauses = Readonly<Record<string, string>>;

const accountKeys = (alias: string, param: string) =>
  `${alias}.account_key IN (SELECT account_key FROM marts.accounts WHERE account_id IN (SELECT unnest($${param}::VARCHAR[])))`;

/** The clause that keeps a row within what the credential may see; null where it may see everything. */
function scopeClause(scope: Scope, alias: string): string | null {
  if (scope.accounts === "all") return null;
  return scope.accounts.length === 0 ? "false" : accountKeys(alias, "scope_accounts");
}

function accountClauses(scope: Scope, filters: Filters, alias: string): string[] {
  const scoped = scopeClause(scope, alias);
  return [
    ...(scoped === null ? [] : [scoped]),
    ...(filters.account.length > 0 ? [accountKeys(alias, "accounts")] : []),
  ];
}

function selectionClauses(scope: Scope, filters: Filters, alias: string): string[] {
  const clauses = accountClauses(scope, filters, alias);
  if (filters.project.length > 0) {
    clauses.push(
      `${alias}.project_key IN (SELECT project_key FROM marts.projects WHERE project_name IN (SELECT unnest($projects::VARCHAR[])))`,
    );
  }
  if (filters.campaign.length > 0) {
    clauses.push(
      `${alias}.campaign_key IN (SELECT campaign_key FROM marts.campaigns WHERE campaign_id IN (SELECT unnest($campaigns::VARCHAR[])))`,
    );
  }
  if (filters.asOf !== undefined) {
    clauses.push(`${alias}.known_at < $as_of::DATE + INTERVAL 1 DAY`);
  }
  return clauses;
}

/** Values of the parameters that the clauses above name. */
export function narrowParams(scope: Scope, filters: Filters): Params {
  return {
    scope_accounts: scope.accounts === "all" ? [] : [...scope.accounts],
    accounts: filters.account,
    projects: filters.project,
    campaigns: filters.campaign,
    as_of: filters.asOf ?? null,
  };
}

/** A named query without its header, whose table names must not be taken for reads. */
export function statement(name: string): string {
  return sqlFile(import.meta.url, `sql/${name}.sql`).replace(/^--.*\n/gm, "");
}

const BASIS_TABLES = /marts\.(delivery|leads|log|total)_corrected/g;

/** Queries that ask for days and what accounts know, of no account, project or campaign by itself. */
const OF_DAYS = new Set(["kpis", "trend", "funnel"]);

/** Whether a query can be answered by whole days: nothing narrows it, and it does not look back. */
function ofWholeDays(name: string, scope: Scope, filters: Filters): boolean {
  const { account, project, campaign, asOf } = filters;
  return (
    OF_DAYS.has(name) &&
    scope.accounts === "all" &&
    account.length + project.length + campaign.length === 0 &&
    asOf === undefined
  );
}

/** Reads of a basis: its own view, or for leads as of a day the query that puts them back in time. */
export function onBasis(text: string, basis: Basis, asOf?: string): string {
  return text.replace(BASIS_TABLES, (_, what: string) => {
    if (what === "leads" && asOf !== undefined) {
      const past = statement("leads-as-of").replace(
        BASIS_TABLES,
        (__, inner: string) => `marts.${inner}_${basis}`,
      );
      return `(${past})`;
    }
    return `marts.${what}_${basis}`;
  });
}

/**
 * A named query with the caller's scope and filters in place of its markers.
 *
 * `scope t` becomes the scope alone, `account t` scope and account filter, `narrow t` scope and all filters; other
 * markers are taken from `extra` (fixed texts of this room) or vanish.
 *
 * @param name file in `sql/`, without ending
 */
export function narrowed(
  name: string,
  scope: Scope,
  filters: Filters,
  extra: Clauses = {},
): string {
  const and = (clauses: readonly string[]) => clauses.map((clause) => ` AND ${clause}`).join("");
  const text = ofWholeDays(name, scope, filters)
    ? statement(name).replace(BASIS_TABLES, `marts.whole_$1_${filters.basis}`)
    : onBasis(statement(name), filters.basis, filters.asOf);
  return text.replace(/\/\*([a-z]+)(?: ([a-z]))?\*\//g, (_, kind: string, alias = "") => {
    if (kind === "scope") {
      const scoped = scopeClause(scope, alias);
      return scoped === null ? "" : ` AND ${scoped}`;
    }
    if (kind === "account") return and(accountClauses(scope, filters, alias));
    if (kind === "narrow") return and(selectionClauses(scope, filters, alias));
    const clause = extra[kind];
    return clause === undefined ? "" : ` AND ${clause}`;
  });
}
