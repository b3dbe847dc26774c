import { afterAll, beforeAll, expect, it } from "vitest";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { levelQuestion, previewOf, removeFiles } from "../../src/ingest/load.ts";
import { csv, type Desk, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const INSIGHTS = "ad_set_id,campaign_id,reach,spend,clicks,impressions,created_at";

it("asks which level counts when a campaign's days arrive at two, also against what is there", async () => {
  const own = await openDesk();
  const sets = await own.loadOne(
    "a.csv",
    csv(
      "Campaign name,Ad set name,Day,Impressions,Amount spent (EGP)",
      "A,s1,2024-06-01,1,1.00",
      "A,s2,2024-06-01,1,2.00",
      "B,s3,2024-06-01,1,4.00",
    ),
  );
  const whole = await own.loadOne(
    "b.csv",
    csv(
      "Campaign name,Day,Impressions,Amount spent (EGP)",
      "A,2024-06-01,2,3.00",
      "A,2024-06-02,2,8.00",
    ),
  );
  const asked = {
    account: null,
    campaignDays: 1,
    levels: [
      { level: "ad_set", spendMinor: 300, rows: 2 },
      { level: "campaign", spendMinor: 300, rows: 1 },
    ],
  };
  const definitions = readDefinitions([], "test");
  expect(await levelQuestion(own.session, [sets, whole], definitions)).toEqual(asked);
  expect(await levelQuestion(own.session, [sets], definitions)).toBeNull();
  await own.insert(sets, 1);
  expect(await levelQuestion(own.session, [whole], definitions)).toEqual(asked);
  await own.close();
});

it("asks which level counts in one unit of money, whichever of the files told its currency", async () => {
  const own = await openDesk();
  const definitions = { accounts: { kuwait: { currency: "KWD" } } };
  const untold = csv("Campaign name,Ad set name,Day,Impressions,Cost", "A,s1,2024-06-01,1,3.00");
  const told = csv("Campaign name,Day,Impressions,Amount spent (EGP)", "A,2024-06-01,2,3.00");
  await own.insert(await own.loadOne("a.csv", untold, { definitions }), 1);
  const whole = await own.loadOne("b.csv", told, { definitions });
  const known = readDefinitions([definitions], "test");
  expect((await levelQuestion(own.session, [whole], known))?.levels).toEqual([
    { level: "ad_set", spendMinor: 300, rows: 1 },
    { level: "campaign", spendMinor: 300, rows: 1 },
  ]);
  await own.close();
});

it("previews sums, days and overlap, and goes in and out of the raw layer as a whole", async () => {
  const own = await openDesk();
  const first = await own.loadOne(
    "insights.csv",
    csv(
      INSIGHTS,
      "16,7,1,1.00,1,10,2024-06-01",
      "16,7,1,2.00,1,20,2024-06-02",
      "16,7,x,2.00,1,20,2024-06-02",
    ),
  );
  await own.insert(first, 5);
  const again = await own.loadOne(
    "insights.csv",
    csv(
      INSIGHTS,
      "16,7,1,1.00,1,10,2024-06-01",
      "16,7,1,2.50,1,20,2024-06-02",
      "16,7,1,2.00,1,20,2024-06-03",
    ),
  );
  const preview = await previewOf(own.session, again);
  expect(preview).toMatchObject({
    table: "insights",
    level: "ad_set",
    firstDay: "2024-06-01",
    lastDay: "2024-06-03",
    rowsRead: 3,
    sums: { spendMinor: 550, impressions: 50, clicks: 3 },
    overlap: { same: 1, supersedes: 1 },
    problem: null,
  });
  const old = await previewOf(own.session, first);
  expect(old.rejects).toMatchObject([
    {
      file: "insights.csv",
      line: 4,
      column: "reach",
      value: "x",
      code: "BAD_NUMBER",
      importId: null,
    },
  ]);
  const counts = () =>
    own.session.first(
      "SELECT (SELECT count(*) FROM raw.insights) AS rows, (SELECT count(*) FROM raw.rejects) AS rejects, (SELECT count(*) FROM raw.files) AS files",
    );
  expect(await counts()).toEqual({ rows: 2, rejects: 1, files: 1 });
  await removeFiles(own.session, [5]);
  expect(await counts()).toEqual({ rows: 0, rejects: 0, files: 0 });
  await own.close();
});

it("sums only what a file records", async () => {
  const file = await desk.loadOne("x.csv", csv("campaign,day,spend", "A,2024-06-01,1.50"));
  expect((await previewOf(desk.session, file)).sums).toEqual({ spendMinor: 150 });
});
