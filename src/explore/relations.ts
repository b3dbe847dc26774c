/** Which column of one table names rows of another, checked both ways. */
import type { Relation } from "../contract/explore.ts";
import type { Session } from "../warehouse/warehouse.ts";
import type { Look } from "./look.ts";

/** One side of a relation: `keys` is a query with `key` (one row per row of the table) and `shown`, the key in plain. */
export interface Side {
  readonly table: string;
  readonly column: string;
  readonly keys: string;
}

const SHOWN_ORPHANS = 5;

interface Counted {
  rows: number;
  orphans: number;
  parents: number;
  childless: number;
  most_children: number;
  most_parents: number;
  named: number;
  per_parent: number[] | null;
  examples: string[] | null;
}

/** Checks that values of `from` name rows of `to`: orphans both ways, cardinality, rows per named row. */
export async function checkRelation(session: Session, from: Side, to: Side): Promise<Relation> {
  const counted = await session.first<Counted>(
    `WITH child AS (SELECT key, any_value(shown) AS shown, count(*) AS n FROM (${from.keys}) WHERE key IS NOT NULL GROUP BY key),
     parent AS (SELECT key, count(*) AS n FROM (${to.keys}) WHERE key IS NOT NULL GROUP BY key),
     met AS MATERIALIZED (
       SELECT c.shown, c.n AS children, p.n AS parents FROM child AS c FULL JOIN parent AS p ON p.key = c.key),
     lost AS (SELECT shown FROM met WHERE parents IS NULL ORDER BY children DESC, shown LIMIT ${SHOWN_ORPHANS})
     SELECT coalesce(sum(children), 0)::BIGINT AS rows,
            coalesce(sum(children) FILTER (parents IS NULL), 0)::BIGINT AS orphans,
            coalesce(sum(parents), 0)::BIGINT AS parents,
            coalesce(sum(parents) FILTER (children IS NULL), 0)::BIGINT AS childless,
            coalesce(max(children) FILTER (parents IS NOT NULL), 0)::BIGINT AS most_children,
            coalesce(max(parents), 0)::BIGINT AS most_parents,
            count(*) FILTER (children IS NOT NULL AND parents IS NOT NULL) AS named,
            quantile_cont(children::DOUBLE, [0, 0.25, 0.5, 0.75, 0.99, 1]) FILTER (children IS NOT NULL AND parents IS NOT NULL) AS per_parent,
            (SELECT list(shown::VARCHAR) FROM lost) AS examples
     FROM met`,
  );
  const found = counted ?? {
    rows: 0,
    orphans: 0,
    parents: 0,
    childless: 0,
    most_children: 0,
    most_parents: 0,
    named: 0,
    per_parent: null,
    examples: null,
  };
  return {
    from: { table: from.table, column: from.column },
    to: { table: to.table, column: to.column },
    cardinality:
      found.most_parents > 1
        ? "many-to-many"
        : found.most_children > 1
          ? "one-to-many"
          : "one-to-one",
    rows: found.rows,
    orphans: found.orphans,
    orphanExamples: found.examples ?? [],
    parents: found.parents,
    childless: found.childless,
    perParent: found.named > 0 ? found.per_parent : null,
  };
}

/** Keys are compared within an account: ids of two accounts may be alike. */
const key = (id: string) => `account_id || chr(31) || ${id}`;

const CAMPAIGNS: Side = {
  table: "campaigns",
  column: "campaign_id",
  keys: `SELECT ${key("campaign_id")} AS key, campaign_id AS shown FROM campaigns WHERE file_id IS NOT NULL`,
};
const LEADS: Side = {
  table: "campaign_leads",
  column: "lead_id",
  keys: `SELECT ${key("lead_id")} AS key, lead_id AS shown FROM leads`,
};

/** Rows that wait because nothing says whose they are: they name no row at all. */
const waiting = (table: string, column: string) =>
  `SELECT chr(30) || r.${column} AS key, r.${column} AS shown FROM raw.${table} AS r
   JOIN drops AS d ON d.table_name = '${table}' AND d.reason = 'unresolved' AND d.file_id = r.file_id AND d.line = r.line`;

/**
 * Relations of a home's tables, in the order in which a campaign becomes a deal.
 *
 * @param present which tables and columns there are; `deals`: FROM-able SQL of those that the look may see
 */
export async function relationsOf(
  { session, rows }: Look,
  present: { readonly people: boolean; readonly deals: string | null; readonly adSets: boolean },
): Promise<Relation[]> {
  const of = (table: string, column: string, from: string): Side => ({
    table,
    column,
    keys: `SELECT ${key(column)} AS key, ${column} AS shown FROM ${from}`,
  });
  const withWaiting = (side: Side, table: string): Side => ({
    ...side,
    keys: `${side.keys} UNION ALL ${waiting(table, side.column)}`,
  });
  const found: Relation[] = [];
  if (rows.campaigns > 0 && rows.insights > 0) {
    const insights = of("insights", "campaign_id", "insights");
    found.push(await checkRelation(session, withWaiting(insights, "insights"), CAMPAIGNS));
    if (present.adSets) {
      const adSets: Side = {
        table: "insights",
        column: "ad_set_id",
        keys: `SELECT DISTINCT ${key("campaign_id")} AS key, campaign_id AS shown, ad_set_id FROM insights WHERE ad_set_id IS NOT NULL`,
      };
      found.push(await checkRelation(session, adSets, CAMPAIGNS));
    }
  }
  if (rows.campaigns > 0 && rows.leads > 0) {
    const leads = of("campaign_leads", "campaign_id", "leads");
    found.push(await checkRelation(session, withWaiting(leads, "campaign_leads"), CAMPAIGNS));
  }
  if (rows.leads > 0 && rows.log > 0) {
    const log = of("lead_status_changes", "lead_id", "log");
    found.push(await checkRelation(session, withWaiting(log, "lead_status_changes"), LEADS));
  }
  if (rows.leads > 0 && present.deals !== null) {
    found.push(await checkRelation(session, of("deals", "lead_id", present.deals), LEADS));
  }
  if (rows.leads > 0 && present.people) {
    const plain = (table: string, column: string, from: string): Side => ({
      table,
      column,
      keys: `SELECT ${column} AS key, ${column} AS shown FROM ${from}`,
    });
    found.push(
      await checkRelation(
        session,
        plain("campaign_leads", "assigned_to", "leads WHERE assigned_to IS NOT NULL"),
        plain("people", "person_id", "raw.people"),
      ),
    );
  }
  return found;
}
