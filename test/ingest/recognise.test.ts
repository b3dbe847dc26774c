import { expect, it } from "vitest";
import { headerCurrency, headerSignature, normaliseHeader } from "../../src/ingest/headers.ts";
import { parseMapArgument } from "../../src/ingest/map-argument.ts";
import { applyMapping, recogniseTable } from "../../src/ingest/recognise.ts";

const code = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "nothing was wrong";
};

it("compares column names without case, spaces, underscores, Arabic letter variants and currency", () => {
  expect(normaliseHeader("  Ad_Set ID\u200f ")).toBe(normaliseHeader("ad set id"));
  expect(normaliseHeader("Amount spent (EGP)")).toBe("amount spent");
  expect(normaliseHeader("Clicks (all)")).toBe("clicks (all)");
  expect(normaliseHeader("المجموعة الإعلانيّة")).toBe(normaliseHeader("المجموعه الاعلانية"));
  expect(headerCurrency("المبلغ الذي تم إنفاقه (EGP)")).toBe("EGP");
  expect(headerCurrency("Spend (€)")).toBe("EUR");
  expect(headerCurrency("Clicks (all)")).toBeNull();
});

it("gives one signature to the same columns in another order", () => {
  expect(headerSignature(["Day", "Amount spent"])).toBe(headerSignature(["amount_spent", "day"]));
  expect(headerSignature(["Day", "Cost"])).not.toBe(headerSignature(["Day", "Clicks"]));
});

const KNOWN: readonly [string, string, string, string][] = [
  [
    "campaigns",
    "leadsmart",
    "campaigns.csv",
    "id,user_id,project_name,daily_budget,start_time,stop_time",
  ],
  [
    "insights",
    "leadsmart",
    "insights.csv",
    "ad_set_id,campaign_id,reach,spend,clicks,impressions,created_at",
  ],
  [
    "campaign_leads",
    "leadsmart",
    "x.csv",
    "id,campaign_id,name,email,phone,lead_status,added_date",
  ],
  ["lead_status_changes", "leadsmart", "x.csv", "lead_id,status,created_at"],
  ["people", "leadsmart", "x.csv", "id,name,role,phone"],
  ["deals", "leadsmart", "x.csv", "lead_id,stage,value,currency,date,cancelled_at"],
  [
    "insights",
    "meta-ads-manager",
    "x.csv",
    "Reporting starts,Reporting ends,Campaign name,Ad set name,Day,Results,Reach,Impressions,Amount spent (EGP),Link clicks,Clicks (all)",
  ],
  [
    "insights",
    "meta-ads-manager",
    "x.csv",
    "اسم الحملة,اليوم,النتائج,الوصول,مرات الظهور,المبلغ الذي تم إنفاقه (EGP),بداية إعداد التقارير,نهاية إعداد التقارير",
  ],
  [
    "campaign_leads",
    "meta-lead-ads",
    "x.csv",
    "id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,form_name,is_organic,platform,what_is_your_budget?,full_name,phone_number,email",
  ],
  [
    "campaign_leads",
    "hubspot",
    "x.csv",
    "Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Create Date,Contact owner",
  ],
  [
    "campaign_leads",
    "salesforce",
    "x.csv",
    "Lead ID,First Name,Last Name,Lead Owner,Lead Status,Lead Source,Create Date,Email,Phone",
  ],
  [
    "campaign_leads",
    "salesforce",
    "x.csv",
    "Id,FirstName,LastName,Email,MobilePhone,LeadSource,Status,CreatedDate",
  ],
  [
    "campaign_leads",
    "zoho",
    "x.csv",
    "Record Id,Lead Owner,First Name,Last Name,Email,Phone,Lead Source,Lead Status,Created Time",
  ],
  ["insights", "generic", "x.csv", "Date,Campaign,Cost,Impressions,Clicks"],
];

it.each(KNOWN)("knows %s of %s by its columns, in any order", (table, format, name, header) => {
  const columns = header.split(",");
  for (const order of [columns, columns.toReversed(), columns.toSorted()]) {
    const recognised = recogniseTable(name, order);
    expect(recognised.mapping.table).toBe(table);
    expect(recognised.format).toBe(format);
    expect(recognised.mapping.fields).toEqual(recogniseTable(name, columns).mapping.fields);
  }
});

it("takes all clicks rather than link clicks, and the currency from the header", () => {
  const { mapping } = recogniseTable("x.csv", [
    "Campaign name",
    "Day",
    "Link clicks",
    "Clicks (all)",
    "Amount spent (SAR)",
    "Impressions",
  ]);
  expect(mapping.fields.clicks).toBe("Clicks (all)");
  expect(mapping.currency).toBe("SAR");
});

it.each([
  ["insights", "ad_set_id,reach,spend,clicks,impressions,created_at", "campaign_id"],
  ["insights", "ad_set_id,campaign_id,reach,clicks,impressions,created_at", "spend"],
  ["insights", "ad_set_id,campaign_id,reach,spend,clicks,impressions", "day"],
  ["campaign_leads", "id,campaign_id,name,email,phone,lead_status", "added_at"],
  ["campaigns", "user_id,project_name,daily_budget,start_time,stop_time", "campaign_id"],
])(
  "says which column of %s is missing, and a --map line that names it",
  (table, header, missing) => {
    try {
      recogniseTable("x.csv", header.split(","));
      expect.unreachable();
    } catch (error) {
      const problem = error as { code: string; fix: string; details: Record<string, unknown> };
      expect(problem.code).toBe("MISSING_COLUMN");
      expect(problem.details.table).toBe(table);
      expect(String(problem.details.missing)).toContain(missing);
      expect(problem.fix).toContain(`--map "table=${table}`);
    }
  },
);

it("refuses columns that no table has, and columns between which it cannot choose", () => {
  expect(code(() => recogniseTable("x.csv", ["height", "weight"]))).toBe("UNRECOGNISED_TABLE");
  expect(
    code(() =>
      recogniseTable("x.csv", [
        "Campaign name",
        "Day",
        "Impressions",
        "Results",
        "Amount spent (EGP)",
        "Amount spent (USD)",
      ]),
    ),
  ).toBe("AMBIGUOUS_COLUMN");
});

it("reads a --map argument whose column names hold commas, and recognises the rest", () => {
  const mapping = parseMapArgument("table=insights,day=When,spend=Cost, total (EGP),decimal=comma");
  expect(mapping).toMatchObject({ table: "insights", decimal: "," });
  const header = ["When", "Cost, total (EGP)", "Campaign name", "Impressions", "Clicks"];
  expect(applyMapping("x.csv", header, mapping).mapping).toEqual({
    table: "insights",
    decimal: ",",
    currency: "EGP",
    fields: {
      day: "When",
      spend: "Cost, total (EGP)",
      campaign_name: "Campaign name",
      impressions: "Impressions",
      clicks: "Clicks",
    },
  });
});

it("refuses a mapping that names what is not there", () => {
  const header = ["When", "Cost", "Shop"];
  const given = (text: string) => () => applyMapping("x.csv", header, parseMapArgument(text));
  expect(code(given("table=insights,colour=When"))).toBe("BAD_MAPPING");
  expect(code(given("table=insights,day=Then"))).toBe("BAD_MAPPING");
  expect(code(given("table=insights,day=When"))).toBe("MISSING_COLUMN");
  expect(code(() => parseMapArgument("table=elephants,day=When"))).toBe("BAD_MAP_ARGUMENT");
  expect(code(() => parseMapArgument("no-such-file.json"))).toBe("BAD_MAP_ARGUMENT");
});

it("leaves out what a mapping given whole does not name", () => {
  const header = ["When", "Cost", "Campaign", "Clicks"];
  const { mapping, format } = applyMapping("x.csv", header, {
    table: "insights",
    fields: { day: "When", spend: "Cost", campaign_name: "Campaign" },
  });
  expect(Object.keys(mapping.fields).sort()).toEqual(["campaign_name", "day", "spend"]);
  expect(format).toBe("mapped");
});

const SMALL: readonly [string, string, string][] = [
  ["Date,Campaign,Cost,Leads", "x.csv", "insights"],
  ["campaign,day,spend", "x.csv", "insights"],
  ["campaign_id,created_at,spend", "x.csv", "insights"],
  ["Campaign name,By Day,Cost,Impressions,Clicks (destination),Currency", "x.csv", "insights"],
  ["id,date,phone", "x.csv", "campaign_leads"],
  ["Name,Phone,Date", "x.csv", "campaign_leads"],
  ["Timestamp,Full name,Email,Unit", "x.csv", "campaign_leads"],
  ["campaign id,campaign name", "x.csv", "campaigns"],
  ["campaign_id,project_name", "x.csv", "campaigns"],
  ["Campaign,Project", "x.csv", "campaigns"],
  ["id,name", "campaigns.csv", "campaigns"],
  ["id,name", "people.csv", "people"],
  ["Agent id,Agent name,Mobile", "x.csv", "people"],
  ["lead id,deal value,contract date", "x.csv", "deals"],
  ["campaign,start date,daily budget,date,spend", "x.csv", "insights"],
];

it.each(SMALL)("knows a small table by what it has: %s in %s is %s", (header, name, table) => {
  for (const order of [header.split(","), header.split(",").toReversed()]) {
    expect(recogniseTable(name, order).mapping.table).toBe(table);
  }
});

it.each([
  ["lead_id,status,date", "UNRECOGNISED_TABLE"],
  ["id,name", "MISSING_COLUMN"],
  ["id,name,phone", "MISSING_COLUMN"],
  ["Name,Date", "MISSING_COLUMN"],
  ["Start Time,Campaign Name,Campaign ID,Amount Spent", "UNRECOGNISED_TABLE"],
])("asks rather than guesses what %s is", (header, problem) => {
  expect(code(() => recogniseTable("x.csv", header.split(",")))).toBe(problem);
});

it("takes the ends of a reporting period for a period, never for a day", () => {
  const header = ["campaign_id", "date_start", "date_stop", "spend", "impressions", "clicks"];
  const { fields } = recogniseTable("x.csv", header).mapping;
  expect(fields).toMatchObject({ period_start: "date_start", period_end: "date_stop" });
  expect(fields).not.toHaveProperty("day");
});

it("does not propose the only column left as an id", () => {
  const header = ["Ad set name", "Day", "Amount spent (EGP)", "Ad set delivery", "Results"];
  expect(() => recogniseTable("x.csv", header.slice(0, 4).concat("Impressions"))).toThrow();
  try {
    recogniseTable("x.csv", header);
  } catch (error) {
    expect((error as { fix: string }).fix).toContain("campaign_id=COLUMN");
  }
});

it("tells that lines quoted as a whole are one cell", () => {
  try {
    recogniseTable("x.csv", ["campaign_id,day,spend,impressions,clicks"]);
    expect.unreachable();
  } catch (error) {
    expect((error as { what: string }).what).toContain("Each line is a single cell");
  }
});
