/** What each table of the page has for columns when it is taken away as a file. */
import { getCountryCallingCode, isSupportedCountry } from "libphonenumber-js/max";
import type { CampaignRow, CampaignTally, Segment } from "../contract/campaigns.ts";
import type { Language } from "../contract/formats.ts";
import type { LeadRow } from "../contract/leads.ts";
import type { BreakdownAnswer, SourceRow } from "../contract/overview.ts";
import type { AuditRow, PersonRow } from "../contract/people.ts";
import { holdsContacts } from "../domain/contacts.ts";
import { sayIn, stageIn, type Word } from "./export-words.ts";
import type { Cell, CellKind, FileColumn } from "./table-file.ts";

type Spec<Row> = readonly [word: Word, kind: CellKind, value: (row: Row) => Cell];

function columnsOf<Row>(language: Language, specs: readonly Spec<Row>[]): FileColumn<Row>[] {
  const say = sayIn(language);
  return specs.map(([word, kind, value]) => ({ head: say(word), kind, value }));
}

/** Both ends of an interval, under the head of what they bound. */
function bounds<Row>(
  language: Language,
  of: Word,
  kind: CellKind,
  low: (row: Row) => number | null,
  high: (row: Row) => number | null,
): FileColumn<Row>[] {
  const say = sayIn(language);
  const head = (word: "low" | "high") => say(word).replace("{0}", say(of));
  return [
    { head: head("low"), kind, value: low },
    { head: head("high"), kind, value: high },
  ];
}

function tallyColumns<Row extends CampaignTally>(language: Language): FileColumn<Row>[] {
  return [
    ...columnsOf<Row>(language, [
      ["days", "count", (row) => row.days],
      ["spend", "money", (row) => row.spendMinor],
      ["spendAllIn", "money", (row) => row.spendAllInMinor],
      ["impressions", "count", (row) => row.impressions],
      ["clicks", "count", (row) => row.clicks],
      ["ctr", "rate", (row) => row.ctr],
      ["cpc", "money", (row) => row.cpcMinor],
      ["cpm", "money", (row) => row.cpmMinor],
      ["cvr", "rate", (row) => row.cvr],
      ["leadCount", "count", (row) => row.leads],
      ["cpl", "money", (row) => row.cplMinor],
      ["undecided", "count", (row) => row.undecided],
      ["judged", "count", (row) => row.judged],
      ["qualified", "count", (row) => row.qualified],
      ["qualifiedShare", "rate", (row) => row.qualifiedShare],
    ]),
    ...bounds<Row>(
      language,
      "qualifiedShare",
      "rate",
      (row) => row.qualifiedShareLow,
      (row) => row.qualifiedShareHigh,
    ),
    ...columnsOf<Row>(language, [
      ["meetings", "count", (row) => row.meetings],
      ["deals", "count", (row) => row.deals],
      ["cpql", "money", (row) => row.cpqlMinor],
    ]),
    ...bounds<Row>(
      language,
      "cpql",
      "money",
      (row) => row.cpqlLowMinor,
      (row) => row.cpqlHighMinor,
    ),
  ];
}

export function campaignColumns(language: Language): FileColumn<CampaignRow>[] {
  const say = sayIn(language);
  return [
    ...columnsOf<CampaignRow>(language, [
      ["campaignId", "id", (row) => row.campaignId],
      ["campaign", "text", (row) => row.campaignName],
      ["project", "text", (row) => row.project],
      ["account", "id", (row) => row.account],
      ["state", "text", (row) => (row.state === null ? null : say(row.state))],
      ["dailyBudget", "money", (row) => row.dailyBudgetMinor],
      ["start", "time", (row) => row.startTime],
      ["stop", "time", (row) => row.stopTime],
      ["firstDay", "day", (row) => row.firstDay],
      ["lastDay", "day", (row) => row.lastDay],
    ]),
    ...tallyColumns<CampaignRow>(language),
  ];
}

/** A phone of which the country is known, in two parts: a spreadsheet then keeps its plus and every digit. */
export function partedPhone(phone: string | null, country: string | null): string | null {
  if (phone === null || country === null || !isSupportedCountry(country)) return phone;
  const code = `+${getCountryCallingCode(country)}`;
  return phone.startsWith(code) && /^\+\d+$/.test(phone)
    ? `${code} ${phone.slice(code.length)}`
    : phone;
}

export function leadColumns(language: Language): FileColumn<LeadRow>[] {
  return columnsOf<LeadRow>(language, [
    ["leadId", "id", (row) => row.leadId],
    ["name", "text", (row) => row.name],
    ["phone", "phone", (row) => partedPhone(row.phone, row.phoneCountry)],
    ["phoneValid", "yesNo", (row) => row.phoneValid],
    ["email", "text", (row) => row.email],
    ["status", "text", (row) => row.status],
    ["stage", "text", (row) => stageIn(language, row.stage)],
    ["arrival", "time", (row) => row.arrivalAt],
    ["campaignId", "id", (row) => row.campaignId],
    ["campaign", "text", (row) => row.campaignName],
    ["project", "text", (row) => row.project],
    ["account", "id", (row) => row.account],
    ["assignedTo", "text", (row) => row.assignedTo],
    ["logged", "yesNo", (row) => row.logged],
    ["firstTouch", "time", (row) => row.firstTouchAt],
    ["wait", "count", (row) => row.waitMinutes],
  ]);
}

/** @param money whether the bands of these segments are amounts */
export function segmentColumns(language: Language, money: boolean): FileColumn<Segment>[] {
  const say = sayIn(language);
  return [
    ...columnsOf<Segment>(language, [
      ["segment", "text", (row) => row.key],
      ["bandLow", money ? "money" : "count", (row) => row.low],
      ["bandHigh", money ? "money" : "count", (row) => row.high],
      ["campaignCount", "count", (row) => row.campaigns],
      ["spend", "money", (row) => row.spendMinor],
      ["leadCount", "count", (row) => row.leads],
      ["cpl", "money", (row) => row.cplMinor.value],
      ["undecided", "count", (row) => row.undecided],
      ["judged", "count", (row) => row.judged],
      ["judgedShare", "rate", (row) => row.judgedShare.value],
      ["qualified", "count", (row) => row.qualified],
      ["conversion", "rate", (row) => row.conversion.value],
    ]),
    ...bounds<Segment>(
      language,
      "conversion",
      "rate",
      (row) => row.conversion.low,
      (row) => row.conversion.high,
    ),
    ...columnsOf<Segment>(language, [
      ["cpql", "money", (row) => row.cpqlMinor.value],
      ["differs", "text", (row) => (row.differs === null ? null : say(row.differs))],
    ]),
  ];
}

export type BreakdownRow = BreakdownAnswer["items"][number];

export function breakdownColumns(
  language: Language,
  by: BreakdownAnswer["by"],
): FileColumn<BreakdownRow>[] {
  return [
    ...columnsOf<BreakdownRow>(language, [
      [by, "text", (row) => row.name],
      ["campaignCount", "count", (row) => row.campaigns],
      ["spend", "money", (row) => row.spendMinor],
      ["impressions", "count", (row) => row.impressions],
      ["clicks", "count", (row) => row.clicks],
      ["ctr", "rate", (row) => row.ctr],
      ["leadCount", "count", (row) => row.leads],
      ["cpl", "money", (row) => row.cplMinor],
      ["undecided", "count", (row) => row.undecided],
      ["judged", "count", (row) => row.judged],
      ["qualified", "count", (row) => row.qualified],
      ["meetings", "count", (row) => row.meetings],
      ["deals", "count", (row) => row.deals],
      ["cpql", "money", (row) => row.cpqlMinor],
    ]),
    ...bounds<BreakdownRow>(
      language,
      "cpql",
      "money",
      (row) => row.cpqlLowMinor,
      (row) => row.cpqlHighMinor,
    ),
  ];
}

/** Rows of files keep the heads of their files; an amount there is in major units already. */
export function sourceColumns(
  language: Language,
  cells: readonly string[],
): FileColumn<SourceRow>[] {
  return [
    ...columnsOf<SourceRow>(language, [
      ["table", "text", (row) => row.table],
      ["file", "text", (row) => row.file],
      ["line", "count", (row) => row.line],
      ["dropped", "text", (row) => row.dropped],
    ]),
    ...cells.map(
      (name): FileColumn<SourceRow> => ({
        head: name,
        kind: holdsContacts(name) ? "phone" : "number",
        value: (row) => row.cells[name] ?? null,
      }),
    ),
  ];
}

/** Names that checks give to things; the rows' own columns say the same. */
const INNER = new Set(["item", "label", "money_minor", "leads"]);
const MINOR = /_minor$/;

/** Rows that a check lists: their own columns, as they stand. */
export function listingColumns(heads: readonly string[]): FileColumn<readonly unknown[]>[] {
  return heads.flatMap((head, at) => {
    if (INNER.has(head)) return [];
    const kind = MINOR.test(head) ? "money" : holdsContacts(head) ? "phone" : "number";
    return [{ head: head.replace(MINOR, ""), kind, value: (row) => plainCell(row[at]) }];
  });
}

function plainCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function personColumns(language: Language): FileColumn<PersonRow>[] {
  return columnsOf<PersonRow>(language, [
    ["name", "text", (row) => row.name],
    ["contact", "phone", (row) => row.contact],
    [
      "roles",
      "text",
      (row) => row.grants.map(({ account, role }) => `${role} (${account})`).join(", "),
    ],
    ["addedAt", "time", (row) => row.addedAt],
    ["addedBy", "text", (row) => row.addedBy],
  ]);
}

export function auditColumns(language: Language): FileColumn<AuditRow>[] {
  return columnsOf<AuditRow>(language, [
    ["at", "time", (row) => row.at],
    ["person", "text", (row) => row.person],
    ["key", "text", (row) => row.key],
    ["action", "text", (row) => row.action],
    ["about", "text", (row) => JSON.stringify(row.about)],
    ["answer", "count", (row) => row.status],
  ]);
}
