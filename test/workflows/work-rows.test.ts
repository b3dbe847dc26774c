import { expect, it } from "vitest";
import type { NewEvent } from "../../src/store/events.ts";
import type { ReceivedLead } from "../../src/workflows/live-rows.ts";
import { project } from "../../src/workflows/project.ts";
import { rebuildWarehouse } from "../../src/workflows/rebuild.ts";
import { clock, inHome, LEADS, type OpenHome, TABLES, withFolder } from "./home.ts";

const BARE: Omit<ReceivedLead, "leadId"> = {
  campaignId: null,
  campaignName: null,
  project: null,
  adSetId: null,
  adId: null,
  formId: null,
  formName: null,
  platform: null,
  isOrganic: null,
  language: null,
  status: null,
  assignedTo: null,
  by: "program",
};

const received = (
  account: string,
  leadId: string,
  at: string,
  lead: Partial<ReceivedLead> = {},
): NewEvent => ({
  account,
  type: "lead.received",
  key: leadId,
  occurredAt: new Date(at),
  payload: { ...BARE, ...lead, leadId },
  personal: {
    person: `lead ${account} ${leadId}`,
    fields: {
      name: "Invented Caller",
      phone: "01001234599",
      email: null,
      attributes: { floor: 3 },
    },
  },
});

const set = (account: string, leadId: string, status: string, at: string): NewEvent => ({
  account,
  type: "lead.status_set",
  key: `${leadId} ${status} ${at}`,
  occurredAt: new Date(at),
  payload: { leadId, status, nextAttemptAt: null, by: "rep" },
});

async function keep({ workspace }: OpenHome, ...events: NewEvent[]): Promise<number[]> {
  const results = await workspace.store.append(events);
  await workspace.refreshLedger();
  await project(workspace);
  return results.map(({ position }) => position);
}

const outcomes = ({ workspace }: OpenHome) =>
  workspace.warehouse.all<{ lead_id: string; status: string; stage: string; touch: string }>(
    "SELECT lead_id, status, stage, first_touch_at::VARCHAR AS touch FROM marts.lead_outcome ORDER BY lead_id",
  );

const statusOf = async (home: OpenHome, lead: string) =>
  (await outcomes(home)).find((one) => one.lead_id === lead)?.status;

it("a lead received here and its status count like rows of files, in the account's wall clock", async () => {
  await withFolder(async (folder) => {
    await inHome(folder, async (home) => {
      await home.give(TABLES);
      const [first] = await keep(
        home,
        received("u1", "n1", "2025-01-20T08:00:00Z", { campaignId: "c1" }),
        set("u1", "n1", "QUALIFIED", "2025-01-20T09:30:00Z"),
      );
      const lead = await home.workspace.warehouse.first(
        `SELECT l.account_id, l.added_at::VARCHAR AS added, l.phone_e164, l.stage, l.lead_status, l.line,
                l.attributes->>'floor' AS floor, f.name
         FROM staging.campaign_leads AS l JOIN raw.files AS f USING (file_id) WHERE lead_id = 'n1'`,
      );
      expect(lead).toEqual({
        account_id: "u1",
        added: "2025-01-20 10:00:00",
        phone_e164: "+201001234599",
        stage: "qualified",
        lead_status: "QUALIFIED",
        line: first,
        floor: "3",
        name: "live",
      });
      const outcome = (await outcomes(home)).find((one) => one.lead_id === "n1");
      expect(outcome).toMatchObject({ stage: "qualified", touch: "2025-01-20 11:30:00" });
    });
  });
});

it("the last word counts: a status set here over the file's, until a file brings another word than before", async () => {
  await withFolder(async (folder) => {
    await inHome(folder, async (home) => {
      await home.give(TABLES);
      expect(await statusOf(home, "l3")).toBe("NOT_QUALIFIED");
      await keep(home, set("u1", "l3", "MEETING_DONE", "2025-01-21T10:00:00Z"));
      expect(await statusOf(home, "l3")).toBe("MEETING_DONE");
      // The same export with a corrected name has not heard of the meeting.
      await home.give({ "leads.csv": LEADS.replace("Sara Nabil", "Sara N.") });
      expect(await statusOf(home, "l3")).toBe("MEETING_DONE");
      await home.give({ "leads.csv": LEADS.replace("NOT_QUALIFIED", "NEW_LEAD") });
      expect(await statusOf(home, "l3")).toBe("MEETING_DONE");
      await home.give({ "leads.csv": LEADS.replace("NOT_QUALIFIED", "DONE_DEAL") });
      expect(await statusOf(home, "l3")).toBe("DONE_DEAL");
      await keep(home, set("u1", "l3", "FOLLOW_UP", "2025-01-22T10:00:00Z"));
      expect(await statusOf(home, "l3")).toBe("FOLLOW_UP");
    });
  });
});

it("a status taken back leaves no trace in the numbers", async () => {
  await withFolder(async (folder) => {
    await inHome(folder, async (home) => {
      await home.give(TABLES);
      const before = await outcomes(home);
      const [position = 0] = await keep(home, set("u1", "l2", "SPAM", "2025-01-21T10:00:00Z"));
      expect(await outcomes(home)).not.toEqual(before);
      await keep(home, {
        account: "u1",
        type: "lead.status_withdrawn",
        key: String(position),
        occurredAt: clock.now(),
        payload: { leadId: "l2", position, by: "rep" },
      });
      expect(await outcomes(home)).toEqual(before);
    });
  });
});

it("a status of one account never reaches another account's lead", async () => {
  await withFolder(async (folder) => {
    await inHome(folder, async (home) => {
      await home.give(TABLES);
      const before = await outcomes(home);
      await keep(home, set("u2", "l1", "SPAM", "2025-01-21T10:00:00Z"));
      expect(await outcomes(home)).toEqual(before);
      const drop = await home.workspace.warehouse.first(
        "SELECT reason FROM staging.drops WHERE table_name = 'lead_status_changes' AND line > 4",
      );
      expect(drop).toEqual({ reason: "unresolved" });
    });
  });
});

it("brought in one by one, in bursts or all at once from nothing, the rows make the same warehouse", async () => {
  await withFolder(async (folder) => {
    const before = await inHome(folder, async (home) => {
      await keep(home, received("u1", "n0", "2025-01-19T08:00:00Z"));
      await home.give(TABLES);
      await keep(
        home,
        received("u1", "n1", "2025-01-20T08:00:00Z", { campaignName: "Spring  Offer" }),
      );
      const [, , wrong = 0] = await keep(
        home,
        set("u1", "n1", "NO_ANSWER", "2025-01-20T09:00:00Z"),
        received("u2", "n1", "2025-01-20T08:00:00Z"),
        set("u1", "l1", "SPAM", "2025-01-21T10:00:00Z"),
      );
      await home.give({ "leads.csv": LEADS.replace("Sara Nabil", "Sara N.") });
      await keep(home, set("u1", "l2", "DONE_DEAL", "2025-01-22T10:00:00Z"), {
        account: "u1",
        type: "lead.status_withdrawn",
        key: String(wrong),
        occurredAt: clock.now(),
        payload: { leadId: "l1", position: wrong, by: "rep" },
      });
      return home.digest();
    });
    const report = await rebuildWarehouse({ home: `${folder}/home`, clock });
    expect(report.tables.filter((one) => !one.identical)).toEqual([]);
    expect(report).toMatchObject({ identical: true, compared: true, sameBasis: true });
    expect(before["raw.campaign_leads"]?.rows).toBe(4 + 4 + 3);
  });
});
