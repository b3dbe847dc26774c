/**
 * A seeded advertising world: six tables in the shapes that leadsmart imports, and the truth about them beside.
 * Takes a seed and a scale, gives files; the same options give the same bytes on every machine.
 */
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../src/base/problem.ts";
import { type Account, makeAccounts } from "./accounts.ts";
import {
  LAUNCH_DAYS,
  launchWeight,
  WORLD_DAYS,
  WORLD_FIRST_DAY,
  WORLD_LAST_DAY,
} from "./calendar.ts";
import { CAMPAIGNS_HEADER, CampaignDesk, INSIGHTS_HEADER } from "./campaign-desk.ts";
import { CampaignFaults } from "./campaign-faults.ts";
import { makeCampaign } from "./campaigns.ts";
import { Draw } from "./draw.ts";
import { type FaultClass, type FaultPlan, planFaults } from "./faults.ts";
import { InsightFaults } from "./insight-faults.ts";
import { LEADS_HEADER, LeadDesk, type Live, type Trial } from "./lead-desk.ts";
import { writeOutages } from "./outages.ts";
import { writePeople } from "./people.ts";
import { TableFile } from "./table-file.ts";
import { monthDrift, Truth, worldRecord } from "./truth.ts";

/** Changes whenever the same options would give other bytes. */
export const WORLD_VERSION = 1;

export const WORLD_TABLES = [
  "campaigns",
  "insights",
  "campaign_leads",
  "lead_status_changes",
  "people",
  "deals",
] as const;

export interface WorldOptions {
  readonly directory: string;
  /** Any integer; its low 32 bits count. Default 1. */
  readonly seed?: number;
  /** 1 = about 7,400 campaigns, 69,000 insight rows, 57,000 leads; from 0.001 to 1000. Default 1. */
  readonly scale?: number;
  /** Plants no fault, except those asked for by `faults`. */
  readonly clean?: boolean;
  /** Strength per class of fault: 1 as usual, 0 none, 3 three times as many. */
  readonly faults?: Partial<Record<FaultClass, number>>;
  readonly version?: 1;
  readonly onProgress?: (progress: { table: string; rows: number }) => void;
  readonly signal?: AbortSignal;
}

export interface WorldSummary {
  readonly version: number;
  readonly seed: number;
  readonly scale: number;
  readonly clean: boolean;
  readonly directory: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Data rows, bytes and SHA-256 of each file, the truth included. */
  readonly files: Readonly<Record<string, { rows: number; bytes: number; sha256: string }>>;
  /** How much of each class was planted, in the class's unit. */
  readonly faults: Readonly<Record<FaultClass, number>>;
}

const CAMPAIGNS_AT_SCALE_1 = 7364;
const ACCOUNTS_AT_SCALE_1 = 350;
const INSIGHTS_AT_SCALE_1 = 60_000;
const HEADERS: Readonly<Record<(typeof WORLD_TABLES)[number], string>> = {
  campaigns: CAMPAIGNS_HEADER,
  insights: INSIGHTS_HEADER,
  campaign_leads: LEADS_HEADER,
  lead_status_changes: "lead_id,status,created_at",
  people: "id,name,role,phone",
  deals: "lead_id,stage,value,currency,date,cancelled_at",
};

/** Number of campaigns that start on each launch day; the sum is `total`. */
function launches(total: number): Uint32Array {
  let whole = 0;
  for (let day = 0; day < LAUNCH_DAYS; day++) whole += launchWeight(day);
  const counts = new Uint32Array(LAUNCH_DAYS);
  let sum = 0;
  let placed = 0;
  for (let day = 0; day < LAUNCH_DAYS; day++) {
    sum += launchWeight(day);
    const upTo = day === LAUNCH_DAYS - 1 ? total : Math.round((total * sum) / whole);
    counts[day] = upTo - placed;
    placed = upTo;
  }
  return counts;
}

function checked(options: WorldOptions): { seed: number; scale: number } {
  const scale = options.scale ?? 1;
  const seed = options.seed ?? 1;
  if (!(scale >= 0.001 && scale <= 1000) || !Number.isInteger(seed)) {
    throw new Problem("SAMPLE_OPTIONS", {
      what: `No world has the scale ${scale} and the seed ${seed}`,
      fix: "Give a scale from 0.001 to 1000 and a whole number as seed.",
    });
  }
  const taken = WORLD_TABLES.find((table) =>
    existsSync(path.join(options.directory, `${table}.csv`)),
  );
  if (taken !== undefined && !existsSync(path.join(options.directory, "truth", "world.json"))) {
    throw new Problem("SAMPLE_WOULD_OVERWRITE", {
      what: `The folder holds a ${taken}.csv that no sample world wrote`,
      where: options.directory,
      fix: "Choose an empty folder.",
    });
  }
  return { seed, scale };
}

/** Days on which a tracker was down; every third one loses the insights, the others the leads. */
function outages(seed: number, plan: FaultPlan): { leads: Set<number>; insights: Set<number> } {
  const draw = new Draw(seed, "outage");
  const lost = { leads: new Set<number>(), insights: new Set<number>() };
  for (let n = 0; n < plan.tracking_outage; n++) {
    const day = 95 + draw.at(n).int(230);
    if (n % 3 === 2) lost.insights.add(day);
    else lost.leads.add(day);
  }
  return lost;
}

/**
 * Writes `campaigns.csv`, `insights.csv`, `campaign_leads.csv`, `lead_status_changes.csv`, `people.csv`, `deals.csv`
 * and the folder `truth/`. Streams: memory does not grow with the tables. What a stopped run wrote is removed.
 *
 * @throws Problem `SAMPLE_OPTIONS`, `SAMPLE_WOULD_OVERWRITE`; the signal's reason when aborted
 */
export async function writeWorld(options: WorldOptions): Promise<WorldSummary> {
  const { seed, scale } = checked(options);
  const clean = options.clean ?? false;
  const plan = planFaults(scale, clean, options.faults ?? {});
  const truthFolder = path.join(options.directory, "truth");
  await mkdir(truthFolder, { recursive: true });
  const open = async (name: (typeof WORLD_TABLES)[number]) => {
    const file = await TableFile.create(path.join(options.directory, `${name}.csv`), name);
    file.line(HEADERS[name]);
    return file;
  };
  const tables = {
    campaigns: await open("campaigns"),
    insights: await open("insights"),
    leads: await open("campaign_leads"),
    log: await open("lead_status_changes"),
    people: await open("people"),
    deals: await open("deals"),
  };
  const truth = await Truth.create(truthFolder);
  const files = [...Object.values(tables), ...truth.files];
  try {
    const campaigns = Math.max(5, Math.round(CAMPAIGNS_AT_SCALE_1 * scale));
    const accounts = makeAccounts(seed, Math.max(4, Math.round(ACCOUNTS_AT_SCALE_1 * scale)), plan);
    const lost = outages(seed, plan);
    const drift = monthDrift(seed);
    writePeople(seed, accounts, tables.people);
    const blockFrom = Math.floor(
      INSIGHTS_AT_SCALE_1 * scale * (0.2 + 0.5 * new Draw(seed, "repeated block").next()),
    );
    const desk = new CampaignDesk(
      tables,
      truth,
      {
        insights: new InsightFaults(seed, plan, campaigns, lost.insights),
        campaigns: new CampaignFaults(seed, plan, campaigns, lost.insights),
      },
      { from: blockFrom, count: plan.repeated_block },
    );
    const leadDesk = new LeadDesk(
      { seed, scale, plan, drift, lostDays: lost.leads },
      tables,
      truth,
    );
    const draw = new Draw(seed, "campaign");
    const who = new Draw(seed, "campaign account");
    const counts = launches(campaigns);
    const lostLeads = new Map<number, number>();
    let live: Live[] = [];
    let index = 0;
    for (let day = 0; day < WORLD_DAYS; day++) {
      options.signal?.throwIfAborted();
      const total = counts[day] ?? 0;
      const trials: Trial[] = [];
      for (let nth = 0; nth < total; nth++) {
        const account = accounts.list[who.at(index).pick(accounts.shares)] as Account;
        const campaign = makeCampaign(draw, index, account, day, { nth, total });
        const told = desk.write(campaign);
        trials.push(...told.trials);
        campaign.delivery.length = 0;
        live.push({ campaign, losesLeads: told.losesLeads });
        index++;
        if (tables.insights.full) await tables.insights.flush();
      }
      const missing = await leadDesk.writeDay(day, live, trials);
      if (lost.leads.has(day)) lostLeads.set(day, missing);
      live = live.filter((one) => one.campaign.stopDay > day);
      for (const file of files) if (file.full) await file.flush();
      if (day % 30 === 29) report(options, files);
    }
    desk.close();
    leadDesk.close();
    writeOutages(truth, lost, lostLeads);
    for (const account of accounts.list) {
      truth.account(account, desk.unitChanged.get(account.id) ?? 0);
    }
    const written: Record<string, { rows: number; bytes: number; sha256: string }> = {};
    for (const file of files) {
      const sha256 = await file.finish();
      const header = file.name.startsWith("truth/") ? 0 : 1;
      written[file.name] = { rows: file.lines - header, bytes: file.bytes, sha256 };
    }
    const summary = {
      version: WORLD_VERSION,
      seed,
      scale,
      clean,
      firstDay: WORLD_FIRST_DAY,
      lastDay: WORLD_LAST_DAY,
      files: written,
      faults: truth.counts,
    };
    await writeFile(
      path.join(truthFolder, "world.json"),
      `${JSON.stringify({ ...summary, ...worldRecord(drift, plan) }, null, 1)}\n`,
    );
    report(options, files);
    return { ...summary, directory: options.directory };
  } catch (error) {
    for (const file of files) await file.abandon();
    for (const table of WORLD_TABLES) {
      await rm(path.join(options.directory, `${table}.csv`), { force: true });
    }
    await rm(truthFolder, { recursive: true, force: true });
    throw error;
  }
}

function report(options: WorldOptions, files: readonly TableFile[]): void {
  if (options.onProgress === undefined) return;
  for (const file of files) {
    if (!file.name.startsWith("truth/")) {
      options.onProgress({ table: file.name, rows: file.lines - 1 });
    }
  }
}
