import { readSheet } from "read-excel-file/node";
import { expect, it } from "vitest";
import { CampaignsAnswer } from "../../src/contract/campaigns.ts";
import { LeadsAnswer } from "../../src/contract/leads.ts";
import { createCampaignQuestions } from "../../src/marts/campaign-questions.ts";
import { createLeadQuestions, type LeadQuestions } from "../../src/marts/lead-questions.ts";
import { cellsOf } from "../browser/csv.ts";
import { CAMPAIGNS, INSIGHTS, inHome, withFolder } from "../workflows/home.ts";
import { doors, type TestDoor } from "./fakes.ts";

const door = doors();

/** More leads than a page of the list holds, some with names that would be run. */
const MANY = 1203;
const LEADS = `id,campaign_id,name,email,phone,lead_status,added_date\n${Array.from(
  { length: MANY },
  (_, at) =>
    `l${at},c${(at % 3) + 1},${at % 7 === 0 ? "=1+1" : `Invented ${at}`},p${at}@example.org,+2010012${String(at).padStart(5, "0")},${at % 5 === 0 ? "QUALIFIED" : "NEW_LEAD"},2025-01-0${(at % 3) + 1} 10:00:00`,
).join("\n")}\n`;

async function inWorld(
  deed: (one: TestDoor) => Promise<void>,
  role: "sales_manager" | "marketer" = "sales_manager",
) {
  await withFolder((folder) =>
    inHome(folder, async ({ workspace, give }) => {
      await give({
        "campaigns.csv": CAMPAIGNS,
        "insights.csv": INSIGHTS,
        "campaign_leads.csv": LEADS,
      });
      await deed(
        await door({
          queries: workspace.queries,
          campaigns: createCampaignQuestions(workspace),
          leads: createLeadQuestions(workspace),
          grants: [{ account: "u1", role }],
        }),
      );
    }),
  );
}

/** Lines of a CSV file of texts without line ends, the head first. */
function linesOf(body: string): string[][] {
  expect(body.startsWith("\uFEFF")).toBe(true);
  return body.slice(1).split("\r\n").slice(0, -1).map(cellsOf);
}

it("holds in a file every row of the table in its order, whatever is filtered, of the caller's accounts alone", async () => {
  await inWorld(async ({ ask }) => {
    for (const filter of [
      "from=all",
      "from=all&stage=qualified&sort=stage",
      "from=all&search=invented&order=asc",
      "from=all&campaign=c2",
    ]) {
      const listed: string[] = [];
      let cursor: string | null = null;
      do {
        const page: ReturnType<typeof LeadsAnswer.parse> = LeadsAnswer.parse(
          (
            await ask({
              url: `/api/v1/leads?${filter}&limit=200${cursor === null ? "" : `&cursor=${cursor}`}`,
            })
          ).json(),
        );
        listed.push(...page.items.map(({ leadId }) => leadId));
        cursor = page.next;
      } while (cursor !== null);
      const csv = await ask({ url: `/api/v1/exports/leads?${filter}` });
      expect(
        linesOf(csv.body)
          .slice(1)
          .map(([id]) => id),
        filter,
      ).toEqual(listed);
      const xlsx = await ask({ url: `/api/v1/exports/leads?${filter}&format=xlsx` });
      expect(
        (await readSheet(xlsx.rawPayload, 1)).slice(1).map(([id]) => id),
        filter,
      ).toEqual(listed);
    }
    expect(linesOf((await ask({ url: "/api/v1/exports/leads?from=all" })).body).length).toBe(
      1 + 802,
    );
  });
});

it("sums to the totals of the table, in major units under the currency", async () => {
  await inWorld(async ({ ask }) => {
    const { totals, items } = CampaignsAnswer.parse(
      (await ask({ url: "/api/v1/campaigns?from=all" })).json(),
    );
    const bytes = (await ask({ url: "/api/v1/exports/campaigns?from=all&format=xlsx" })).rawPayload;
    const [head = [], ...rows] = await readSheet(bytes, 1);
    const sum = (name: string) =>
      rows.reduce((all, cells) => all + Number(cells[head.indexOf(name)] ?? 0), 0);
    expect(rows).toHaveLength(items.length);
    expect(sum("Spend (EGP)") * 100).toBeCloseTo(totals.spendMinor ?? Number.NaN, 6);
    expect(sum("Leads")).toBe(totals.leads);
    expect(sum("Qualified")).toBe(totals.qualified);
    const about = new Map((await readSheet(bytes, 2)).map(([label, value]) => [label, value]));
    expect(about.get("Basis")).toBe("corrected");
    expect(about.get("Rows")).toBe(String(items.length));
    const arabic = await readSheet(
      (await ask({ url: "/api/v1/exports/campaigns?from=all&format=xlsx&language=ar" })).rawPayload,
      1,
    );
    expect(arabic[0]).toContain("الإنفاق (EGP)");
  });
});

it("names the file after what it holds, and never after whom was searched for", async () => {
  const { ask } = await door();
  const answer = await ask({
    url: "/api/v1/exports/leads?account=7&search=Mona%20Adel&format=xlsx",
  });
  expect(answer.headers["content-disposition"]).toBe(
    'attachment; filename="leads_2025-01-01_2025-01-30_corrected_account.7_definitions-01234567_20250201T0900.xlsx"',
  );
  expect(answer.headers["content-type"]).toContain("spreadsheetml");
});

it("masks what the caller's page masks, disarms names, and keeps who took the file away", async () => {
  await inWorld(async ({ ask, store }) => {
    const answer = await ask({ url: "/api/v1/exports/leads?from=all" });
    expect(answer.body).not.toMatch(/p\d+@example|\+20 ?10/);
    expect(answer.body).toContain("•••");
    expect(answer.body).toContain(",'=1+1,");
    const [deed] = await store.audit.read({ before: null, limit: 1 });
    expect(deed).toMatchObject({ action: "exportLeads", person: "nour", status: 200 });
  }, "marketer");
  await inWorld(async ({ ask }) => {
    expect((await ask({ url: "/api/v1/exports/leads?from=all" })).body).toContain(",+20 1001200");
  });
});

it.each(["viewer", "rep"] as const)("gives a %s no file", async (role) => {
  const { ask } = await door({ grants: [{ account: "*", role }] });
  for (const table of ["campaigns", "leads", "segments", "people", "audit"]) {
    expect((await ask({ url: `/api/v1/exports/${table}` })).statusCode).toBe(403);
  }
});

it("gives each table of the page as a file", async () => {
  const { ask } = await door();
  for (const table of [
    "campaigns",
    "leads",
    "segments",
    "breakdown?by=account",
    "rows?kpi=spend",
    "findings/negative-values/rows",
    "people",
    "audit",
  ]) {
    const answer = await ask({ url: `/api/v1/exports/${table}` });
    expect(answer.statusCode, table).toBe(200);
    const [head = [], ...rows] = linesOf(answer.body);
    expect(rows.length, table).toBeGreaterThan(0);
    for (const row of rows) expect(row.length, table).toBe(head.length);
  }
});

it("breaks off rather than mix rows of two states of the data", async () => {
  let asked = 0;
  const one = await door();
  const { items, frame } = LeadsAnswer.parse((await one.ask({ url: "/api/v1/leads" })).json());
  const changing = await door({
    leads: {
      leads: async () => ({ items, frame, next: asked++ === 0 ? "more" : null, total: 10 + asked }),
    } as unknown as LeadQuestions,
  });
  await expect(changing.ask({ url: "/api/v1/exports/leads" })).rejects.toThrow();
  expect(asked).toBe(2);
});
