/** Tables with ways to walk them: what belongs to a campaign, what is still untouched, how cells are read and set. */
import type { Draw } from "../../sample/draw.ts";
import type { Row, TableName, Tables } from "./tables.ts";

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a text that begins with `YYYY-MM-DD`. */
export const dayNumber = (text: string) => Math.floor(Date.parse(text.slice(0, 10)) / DAY_MS);
export const dayText = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
/** A wall-clock text moved by seconds. */
export function later(text: string, seconds: number): string {
  const moved = new Date(Date.parse(`${text.replace(" ", "T")}Z`) + seconds * 1000);
  return moved.toISOString().slice(0, 19).replace("T", " ");
}
export const money = (minor: number) => (Math.round(minor) / 100).toFixed(2);
export const minor = (text: string) => Math.round(Number(text) * 100);

function grouped(rows: readonly Row[], column: number): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = row[column] ?? "";
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

export class Ground {
  readonly tables: Tables;
  readonly draw: Draw;
  private readonly takenCampaigns = new Set<string>();
  private readonly takenLeads = new Set<string>();
  readonly takenAccounts = new Set<string>();

  constructor(tables: Tables, draw: Draw) {
    this.tables = tables;
    this.draw = draw;
  }

  at(table: TableName, column: string): number {
    return this.tables[table].header.indexOf(column);
  }
  get(table: TableName, row: Row, column: string): string {
    return row[this.at(table, column)] ?? "";
  }
  set(table: TableName, row: Row, column: string, value: string | number): void {
    const at = this.at(table, column);
    if (at >= 0) row[at] = String(value);
  }
  number(row: Row, column: string): number {
    return Number(this.get("insights", row, column));
  }
  insightsOf(): Map<string, Row[]> {
    return grouped(this.tables.insights.rows, this.at("insights", "campaign_id"));
  }
  leadsOf(): Map<string, Row[]> {
    return grouped(this.tables.leads.rows, this.at("leads", "campaign_id"));
  }
  logOf(): Map<string, Row[]> {
    return grouped(this.tables.log.rows, this.at("log", "lead_id"));
  }
  campaignsOf(): Map<string, Row[]> {
    return grouped(this.tables.campaigns.rows, this.at("campaigns", "user_id"));
  }
  campaignRow(id: string): Row | undefined {
    const at = this.at("campaigns", "id");
    return this.tables.campaigns.rows.find((row) => row[at] === id);
  }
  /** An id that no campaign has. */
  nextCampaign(): number {
    const ids = this.tables.campaigns.rows.map((row) => Number(this.get("campaigns", row, "id")));
    return 1 + Math.max(...ids.map((id) => id || 0));
  }
  accountOf(campaign: string): string {
    return this.get("campaigns", this.campaignRow(campaign) ?? [], "user_id");
  }
  day(row: Row): number {
    return dayNumber(this.get("insights", row, "created_at"));
  }
  /** Series of a campaign: the rows of each ad set in the order of days. */
  seriesOf(rows: readonly Row[]): Row[][] {
    const series = [...grouped(rows, this.at("insights", "ad_set_id")).values()];
    for (const one of series) one.sort((a, b) => this.day(a) - this.day(b));
    return series;
  }
  shuffled<T>(values: readonly T[]): T[] {
    const out = [...values];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.draw.int(i + 1);
      [out[i], out[j]] = [out[j] as T, out[i] as T];
    }
    return out;
  }
  /** Untouched campaigns whose rows fit, at most `count`; they are touched from now on. */
  takeCampaigns(count: number, fits: (id: string, rows: readonly Row[]) => boolean): string[] {
    const insights = this.insightsOf();
    const free = this.tables.campaigns.rows
      .map((row) => this.get("campaigns", row, "id"))
      .filter((id) => !this.takenCampaigns.has(id) && !this.takenAccounts.has(this.accountOf(id)));
    const taken = this.shuffled(free)
      .filter((id) => fits(id, insights.get(id) ?? []))
      .slice(0, count);
    for (const id of taken) this.takenCampaigns.add(id);
    return taken;
  }
  /** Untouched leads that fit, at most `count`. */
  takeLeads(count: number, fits: (row: Row) => boolean = () => true): Row[] {
    const id = this.at("leads", "id");
    const free = this.tables.leads.rows.filter((row) => !this.takenLeads.has(row[id] ?? ""));
    const taken = this.shuffled(free).filter(fits).slice(0, count);
    for (const row of taken) this.takenLeads.add(row[id] ?? "");
    return taken;
  }
  /** Days on which a campaign spent. */
  daysOf(rows: readonly Row[]): number[] {
    const days = new Set(rows.map((row) => this.day(row)));
    return [...days].sort((a, b) => a - b);
  }
  spendOf(rows: readonly Row[]): number {
    return rows.reduce((sum, row) => sum + minor(this.get("insights", row, "spend")), 0);
  }
  lastDay(): number {
    return Math.max(...this.tables.insights.rows.map((row) => this.day(row)));
  }
}
