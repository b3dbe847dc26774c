/** The Overview in a terminal: the same numbers as the page, in plain columns. */
import type { BreakdownAnswer, KpiAnswer, KpisAnswer } from "../contract/overview.ts";
import type { OverviewReport } from "./overview-report.ts";

const KPI_NAMES: Readonly<Record<string, string>> = {
  spend: "Spend",
  spendAllIn: "Spend, all-in",
  impressions: "Impressions",
  clicks: "Clicks",
  reach: "Daily reach, summed",
  leads: "Leads",
  qualified: "Qualified (current stage)",
  meetings: "Meetings",
  deals: "Deals",
  qualifiedWithinHorizon: "Qualified within horizon",
  qualifiedEverLogged: "Qualified, ever logged",
  revenue: "Revenue",
  ctr: "CTR",
  cpc: "CPC",
  cpm: "CPM",
  cpl: "CPL",
  cpql: "CPQL",
  cplAllIn: "CPL, all-in",
  cpqlAllIn: "CPQL, all-in",
  conversionRate: "Conversion (of judged leads)",
  qualifiedShare: "Qualified (of all leads)",
  undecidedShare: "Undecided share",
  roas: "ROAS",
};

const MISSING: Readonly<Record<string, string>> = {
  no_denominator: "nothing to divide by",
  not_recorded: "not recorded",
  mixed_currency: "several currencies",
};

const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const ratio = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 2 });
const signed = new Intl.NumberFormat("en", {
  style: "percent",
  maximumFractionDigits: 1,
  signDisplay: "always",
});

function money(minor: number, answer: Pick<KpisAnswer, "frame">): string {
  const { currency, currencyDecimals } = answer.frame;
  const digits = {
    minimumFractionDigits: currencyDecimals,
    maximumFractionDigits: currencyDecimals,
  };
  const amount = new Intl.NumberFormat("en", digits).format(minor / 10 ** currencyDecimals);
  return currency === null ? amount : `${currency} ${amount}`;
}

function show(value: number | null, kpi: KpiAnswer, answer: Pick<KpisAnswer, "frame">): string {
  if (value === null) return "—";
  if (kpi.unit === "money") return money(value, answer);
  if (kpi.unit === "rate") return percent.format(value);
  return kpi.unit === "ratio" ? ratio.format(value) : plain.format(value);
}

const count = (value: number | null) => (value === null ? "—" : plain.format(value));

/** Of which share of a measure a number speaks, rounded down, so that a part never reads as all. */
function coverageNote({ of, share }: KpiAnswer["coverage"][number]): string {
  const measure = of.replace(/Minor$/, "");
  return `covers ${percent.format(Math.floor(share * 1e4) / 1e4)} of ${measure}`;
}

/** Columns padded to their widest cell; the first to the left, the others to the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function kpiLines(answer: KpisAnswer, compared: boolean): string[] {
  const rows = answer.kpis.map((kpi) => {
    const interval =
      kpi.low === null && kpi.high === null
        ? ""
        : `${show(kpi.low, kpi, answer)} … ${kpi.high === null ? "no upper bound" : show(kpi.high, kpi, answer)}`;
    const note =
      kpi.missing !== null
        ? (MISSING[kpi.missing] ?? kpi.missing)
        : [
            ...(kpi.raw !== null && kpi.raw !== kpi.value
              ? [`raw ${show(kpi.raw, kpi, answer)}`]
              : []),
            ...kpi.coverage.map(coverageNote),
          ].join(", ");
    const cells = [KPI_NAMES[kpi.id] ?? kpi.id, show(kpi.value, kpi, answer), interval, note];
    if (compared) cells.splice(2, 0, kpi.change === null ? "" : signed.format(kpi.change));
    return cells;
  });
  const head = ["", "value", ...(compared ? ["change"] : []), "95 % interval", ""];
  return columns([head, ...rows]);
}

function breakdownLines(answer: BreakdownAnswer): string[] {
  const line = (name: string, one: BreakdownAnswer["total"]) => [
    name,
    one.spendMinor === null ? "—" : money(one.spendMinor, answer),
    one.leads === null ? "—" : plain.format(one.leads),
    one.qualified === null ? "—" : plain.format(one.qualified),
    one.cplMinor === null ? "—" : money(one.cplMinor, answer),
    one.cpqlMinor === null ? "—" : money(one.cpqlMinor, answer),
  ];
  const rows = answer.items.map((item) => line(item.name, item));
  if (answer.rest) rows.push(line(`${answer.rest.groups} others`, answer.rest));
  rows.push(line("Total", answer.total));
  return columns([["", "spend", "leads", "qualified", "CPL", "CPQL"], ...rows]);
}

function funnelLines(funnel: OverviewReport["funnel"]): string[] {
  if (funnel.leads === null) return ["No lead table speaks of these accounts."];
  return columns([
    ["stage", "there now", "reached", "of leads"],
    ...funnel.stages.map((stage) => [
      stage.stage,
      plain.format(stage.at),
      plain.format(stage.reached),
      stage.shareOfLeads === null ? "—" : percent.format(stage.shareOfLeads),
    ]),
    ...funnel.beside.map((stage) => [stage.stage, plain.format(stage.at), "", ""]),
    [
      "undecided",
      count(funnel.undecided),
      "",
      funnel.undecidedShare === null ? "—" : percent.format(funnel.undecidedShare),
    ],
  ]);
}

function dataLines(report: OverviewReport): string[] {
  const rows = report.data.tables
    .filter((table) => table.files > 0)
    .map((table) => [
      table.table,
      plain.format(table.rowsRead),
      plain.format(table.rowsRejected),
      plain.format(table.exactDuplicates),
      plain.format(table.superseded + table.otherLevel),
      plain.format(table.unresolved),
    ]);
  return columns([["table", "rows", "rejected", "duplicates", "superseded", "waiting"], ...rows]);
}

function title(text: string): string[] {
  return ["", text, "─".repeat(text.length)];
}

/** The whole report as text without colour; ends with a newline. */
export function overviewText(report: OverviewReport): string {
  if (report.facets.empty) {
    const waiting = report.data.tables.reduce((sum, table) => sum + table.unresolved, 0);
    return waiting === 0
      ? "No data yet. Import a directory or a file: leadsmart import PATH\n"
      : `Nothing to show yet: ${plain.format(waiting)} rows wait for the account of their campaigns. Import the campaigns, or name the account: leadsmart import PATH --account ID\n`;
  }
  const { allTime, period, funnel } = report;
  const amounts = report.data.tables.reduce(
    (sum, table) => sum + table.otherCurrency + table.inexactAmounts,
    0,
  );
  const range = (frame: KpisAnswer["frame"]) => `${frame.period.from} to ${frame.period.to}`;
  const previous = period.frame.previous;
  const against = previous ? `, compared with ${previous.from} to ${previous.to}` : "";
  const { campaigns } = allTime;
  const lines = [
    ...title(`Data${report.data.sample ? " (sample world: invented)" : ""}`),
    ...dataLines(report),
    `${plain.format(report.data.conflictingInsightKeys)} insight keys have several different rows; all of them count.`,
    ...(amounts === 0
      ? []
      : [
          `${plain.format(amounts)} rows are left out for their amount: in another currency than their campaign's or account's, or with more decimals than that has.`,
        ]),
    `${plain.format(campaigns.total)} campaigns: ${count(campaigns.neverDelivered)} never delivered, ${count(campaigns.spendNoLead)} with spend and no lead${
      campaigns.spendNoLeadMinor === null ? "" : ` (${money(campaigns.spendNoLeadMinor, allTime)})`
    }.`,
    ...allTime.unmappedStatuses.map(
      (one) => `Status "${one.status}" is not mapped: ${plain.format(one.rows)} rows are left out.`,
    ),
    ...report.data.unreadable.map(
      (one) => `${one.name} could not be read: ${one.what} (${one.code})`,
    ),
    ...title(`Period ${range(period.frame)}${against}`),
    ...kpiLines(period, true),
    ...title(`All time, ${range(allTime.frame)}`),
    ...kpiLines(allTime, false),
    ...title("Funnel, all time"),
    ...funnelLines(funnel),
    ...title("Projects by spend, all time"),
    ...breakdownLines(report.projects),
    ...title("Accounts by spend, all time"),
    ...breakdownLines(report.accounts),
  ];
  return `${lines.slice(1).join("\n")}\n`;
}
