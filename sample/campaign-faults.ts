import type { Campaign, Delivery } from "./campaigns.ts";
import { Draw } from "./draw.ts";
import { Anchors, type FaultPlan } from "./faults.ts";

/** A second campaign that stands beside a real one. */
export interface Planted {
  readonly rule: "test_campaigns" | "duplicate_campaigns";
  readonly id: number;
  readonly name: string;
  readonly dailyBudget: number;
  readonly startSecond: number;
  readonly stopDay: number;
  readonly rows: readonly Delivery[];
  /** Seconds since day 0 at which somebody tried the form. */
  readonly leadSeconds: readonly number[];
}

const TEST_NAMES = ["test", "TEST - do not use", "Test campaign 2", "تجربة", "testing form"];
const INVISIBLE = ["\u200b", "\u200f", "\ufeff", "\u200e"];

/** The id of the pair of ids of a campaign that the campaign itself does not have. */
function otherId(campaign: Campaign): number {
  return campaign.id % 2 === 0 ? campaign.id + 1 : campaign.id - 1;
}

/** Decides which campaigns get a misspelt project name or a companion that should not be there. */
export class CampaignFaults {
  private readonly draw: Draw;
  private readonly spelling: Anchors;
  private readonly tests: Anchors;
  private readonly doubles: Anchors;
  private readonly lostDays: ReadonlySet<number>;

  constructor(seed: number, plan: FaultPlan, campaigns: number, lostDays: ReadonlySet<number>) {
    this.draw = new Draw(seed, "campaign fault");
    this.lostDays = lostDays;
    this.spelling = new Anchors(seed, "project_spelling", plan.project_spelling, campaigns * 0.95);
    this.tests = new Anchors(seed, "test_campaigns", plan.test_campaigns, campaigns * 0.95);
    this.doubles = new Anchors(
      seed,
      "duplicate_campaigns",
      plan.duplicate_campaigns,
      campaigns * 0.95,
    );
  }

  /** The project's name as this campaign writes it; the name itself where nothing is wrong. */
  spell(campaign: Campaign, name: string): string {
    if (!this.spelling.due(campaign.index)) return name;
    this.spelling.take();
    this.draw.at(campaign.index, 1);
    const cut = 1 + this.draw.int(name.length - 1);
    const invisible = INVISIBLE[this.draw.int(INVISIBLE.length)] as string;
    const ways = [
      `${name} `,
      ` ${name}`,
      `${name.slice(0, cut)}${invisible}${name.slice(cut)}`,
      `${name}${invisible}`,
      name.replace(" ", "  "),
    ];
    const latin = name.charCodeAt(0) < 128;
    ways.push(latin ? name.toLowerCase() : name.replace("ة", "ه"));
    const way = ways[this.draw.int(ways.length)] as string;
    return way === name ? `${name} ` : way;
  }

  /** A test campaign or a double beside this campaign, or null. */
  companion(campaign: Campaign, name: string): Planted | null {
    if (this.tests.due(campaign.index)) return this.test(campaign);
    if (this.doubles.due(campaign.index)) return this.double(campaign, name);
    return null;
  }

  private test(campaign: Campaign): Planted {
    this.tests.take();
    this.draw.at(campaign.index, 2);
    const name = TEST_NAMES[this.draw.int(TEST_NAMES.length)] as string;
    const spendMinor = 500 + this.draw.int(9000);
    const impressions = 3 + this.draw.int(60);
    const day = campaign.startDay;
    const row = { adSet: 0, day, spendMinor, impressions, clicks: 2, reach: 2, fault: null };
    const second = campaign.startSecond + 30;
    return {
      rule: "test_campaigns",
      id: otherId(campaign),
      name,
      dailyBudget: 1200,
      startSecond: campaign.startSecond,
      stopDay: day,
      rows: this.lostDays.has(day) ? [] : [row],
      leadSeconds: [second, second + 45],
    };
  }

  private double(campaign: Campaign, name: string): Planted | null {
    const first = campaign.delivery.filter(
      (row) => row.day === campaign.startDay && row.adSet === 0,
    );
    const later = 60 + this.draw.at(campaign.index, 3).int(500);
    const room = (campaign.startDay + 1) * 86_400 - 1 - campaign.startSecond;
    if (room < later) return null;
    this.doubles.take();
    const rows = first
      .filter((row) => !this.lostDays.has(row.day))
      .map((row) => ({
        ...row,
        spendMinor: Math.max(1, row.spendMinor >> 1),
        impressions: Math.max(1, row.impressions >> 1),
        clicks: row.clicks >> 1,
        reach: Math.max(1, row.reach >> 1),
        fault: null,
      }));
    return {
      rule: "duplicate_campaigns",
      id: otherId(campaign),
      name,
      dailyBudget: campaign.dailyBudget,
      startSecond: campaign.startSecond + later,
      stopDay: campaign.stopDay,
      rows,
      leadSeconds: [],
    };
  }
}
