import { closeSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { readRecordSets } from "../../../src/ingest/read/record-sets.ts";
import { scratchFolder } from "./table-files.ts";

const folder = scratchFolder();
const MEGABYTES = Number(process.env.READ_MEGABYTES ?? 48);

/** Times are processor time, so that other work on the machine does not count. */
it("reads a large comma table fast and in little memory", async () => {
  const file = path.join(folder, "insights.csv");
  const handle = openSync(file, "w");
  let rows = "";
  for (let i = 0; rows.length < 1_000_000; i++) {
    rows += `${16588 + ((i * 7919) % 90_000)},${i % 9000},${i % 997},${(i % 100_000) / 100},${i % 99},${i % 1999},2024-06-01 00:00:00\n`;
  }
  writeSync(handle, "ad_set_id,campaign_id,reach,spend,clicks,impressions,created_at\n");
  for (let i = 0; i < MEGABYTES; i++) writeSync(handle, rows);
  closeSync(handle);
  const perBlock = rows.split("\n").length - 1;

  const rssBefore = process.memoryUsage.rss();
  const before = process.cpuUsage();
  const { sets } = await readRecordSets(
    { name: "insights.csv", path: file },
    { workDirectory: folder },
  );
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  const grown = (process.memoryUsage.rss() - rssBefore) / 1e6;
  const speed = (rows.length * MEGABYTES) / 1e6 / seconds;
  console.log(
    `${MEGABYTES} MB: ${speed.toFixed(0)} MB per processor second, ${grown.toFixed(0)} MB grown`,
  );
  expect(sets[0]?.records).toBe(perBlock * MEGABYTES);
  expect(speed).toBeGreaterThan(40);
  expect(grown).toBeLessThan(100);
});
