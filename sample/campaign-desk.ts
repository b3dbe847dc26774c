import { dayText, timeText, twoDigits } from "./calendar.ts";
import type { CampaignFaults, Planted } from "./campaign-faults.ts";
import type { Campaign, Delivery } from "./campaigns.ts";
import type { InsightFaults, Told } from "./insight-faults.ts";
import type { Trial } from "./lead-desk.ts";
import { projectName } from "./names.ts";
import type { TableFile } from "./table-file.ts";
import { rounded, type Truth } from "./truth.ts";

export const CAMPAIGNS_HEADER = "id,daily_budget,start_time,stop_time,user_id,project_name";
export const INSIGHTS_HEADER = "ad_set_id,campaign_id,reach,spend,clicks,impressions,created_at";

function moneyText(minor: number): string {
  const sign = minor < 0 ? "-" : "";
  const size = Math.abs(minor);
  return `${sign}${Math.floor(size / 100)}.${twoDigits(size % 100)}`;
}

/** Ad set ids follow their campaign's id, so that both tables are in one order. */
export function adSetId(campaignId: number, adSet: number): number {
  return 16_000 + (campaignId - 5000) * 3 + adSet;
}

/** Writes campaigns with their delivery, and what stands beside them. */
export class CampaignDesk {
  private readonly campaigns: TableFile;
  private readonly insights: TableFile;
  private readonly truth: Truth;
  private readonly insightFaults: InsightFaults;
  private readonly campaignFaults: CampaignFaults;
  private readonly block: { from: number; lines: string[]; count: number };
  readonly unitChanged = new Map<number, number>();

  /** @param block where the block of insight lines lies that is appended again, counted in data rows */
  constructor(
    tables: { campaigns: TableFile; insights: TableFile },
    truth: Truth,
    faults: { insights: InsightFaults; campaigns: CampaignFaults },
    block: { from: number; count: number },
  ) {
    this.campaigns = tables.campaigns;
    this.insights = tables.insights;
    this.truth = truth;
    this.insightFaults = faults.insights;
    this.campaignFaults = faults.campaigns;
    this.block = { ...block, lines: [] };
  }

  /** @returns whether its leads are lost, and the trial leads that a test campaign beside it will leave */
  write(campaign: Campaign): { losesLeads: boolean; trials: Trial[] } {
    const name = projectName(campaign.project);
    const spelt = this.campaignFaults.spell(campaign, name);
    const planted = this.campaignFaults.companion(campaign, spelt);
    const told = this.insightFaults.tell(campaign);
    if (planted !== null && planted.id < campaign.id) this.writePlanted(campaign, planted);
    this.writeCampaign(campaign, told, name, spelt);
    if (planted !== null && planted.id > campaign.id) this.writePlanted(campaign, planted);
    const trials = (planted?.leadSeconds ?? []).map((second) => ({
      campaignId: planted?.id as number,
      second,
    }));
    return { losesLeads: told.losesLeads, trials };
  }

  /** Appends the repeated block; to be called once, after the last campaign. */
  close(): void {
    const { lines, from } = this.block;
    if (lines.length === 0) return;
    const first = this.insights.lines + 1;
    for (const line of lines) this.insights.line(line);
    this.truth.fault(
      {
        rule: "repeated_block",
        table: "insights",
        lines: [first, this.insights.lines],
        ids: { original_lines: [from + 2, from + 1 + lines.length] },
        magnitude: { rows: lines.length },
      },
      lines.length,
    );
  }

  private campaignLine(
    id: number,
    budget: number,
    start: number,
    stopDay: number,
    user: number,
    name: string,
  ): number {
    return this.campaigns.line(
      `${id},${budget},"${timeText(start)}","${dayText(stopDay)} 23:59:59",${user},"${name}"`,
    );
  }

  private insightLine(campaignId: number, row: Delivery): number {
    const text = `${adSetId(campaignId, row.adSet)},${campaignId},${row.reach},${moneyText(row.spendMinor)},${row.clicks},${row.impressions},${dayText(row.day)} 00:00:00`;
    const at = this.insights.lines - 1;
    if (at >= this.block.from && this.block.lines.length < this.block.count) {
      this.block.lines.push(text);
    }
    return this.insights.line(text);
  }

  private writeCampaign(campaign: Campaign, told: Told, name: string, spelt: string): void {
    const { account } = campaign;
    const line = this.campaignLine(
      campaign.id,
      campaign.dailyBudget,
      campaign.startSecond,
      campaign.stopDay,
      account.id,
      spelt,
    );
    if (spelt !== name) {
      this.truth.fault({
        rule: "project_spelling",
        table: "campaigns",
        lines: [line],
        ids: { campaign_id: campaign.id },
        magnitude: { trueName: name, written: spelt },
      });
    }
    const first = this.insights.lines + 1;
    const faulty: number[] = [];
    for (const row of told.rows) {
      const at = this.insightLine(campaign.id, row);
      const changed = account.unitChange !== null && row.day >= account.unitChange.fromDay;
      if (changed) this.unitChanged.set(account.id, (this.unitChanged.get(account.id) ?? 0) + 1);
      if (row.fault === null) continue;
      if (row.fault.rule === told.fault) faulty.push(at);
      else {
        const beside = row.fault.rule === "duplicate_rows" || row.fault.rule === "conflicting_keys";
        this.truth.fault({
          rule: row.fault.rule,
          table: "insights",
          lines: beside ? [at - 1, at] : [at],
          ids: {
            campaign_id: campaign.id,
            ad_set_id: adSetId(campaign.id, row.adSet),
            day: dayText(row.day),
          },
          magnitude: row.fault.magnitude,
        });
      }
    }
    if (told.fault !== null) this.noteCampaign(campaign, told, faulty, line, first);
    this.truth.campaigns.line(
      JSON.stringify({
        campaign_id: campaign.id,
        user_id: account.id,
        project: name,
        quality: rounded(account.quality + campaign.quality, 4),
        firstLeadCost: rounded(campaign.firstLeadCost, 2),
        saturation: rounded(campaign.saturation, 2),
        fatigueDays: rounded(campaign.fatigueDays, 2),
        cpm: rounded(campaign.cpm, 2),
        ctr: rounded(campaign.ctr, 4),
        expectedLeads: rounded(campaign.expectedLeads, 3),
        trueSpendMinor: campaign.trueSpendMinor,
        fault: told.fault,
      }),
    );
  }

  private noteCampaign(
    campaign: Campaign,
    told: Told,
    faulty: readonly number[],
    line: number,
    first: number,
  ): void {
    if (told.fault === null) return;
    const ids = { campaign_id: campaign.id };
    const { fault: rule } = told;
    const magnitude =
      rule === "over_budget"
        ? { ...told.magnitude, day: dayText(Number(told.magnitude.day)) }
        : told.magnitude;
    if (rule === "never_delivered") {
      this.truth.fault({ rule, table: "campaigns", lines: [line], ids, magnitude });
      return;
    }
    const lines = faulty.length > 0 ? faulty : told.rows.map((_, n) => first + n);
    this.truth.fault({ rule, table: "insights", lines, ids, magnitude });
  }

  private writePlanted(campaign: Campaign, planted: Planted): void {
    const line = this.campaignLine(
      planted.id,
      planted.dailyBudget,
      planted.startSecond,
      planted.stopDay,
      campaign.account.id,
      planted.name,
    );
    let spendMinor = 0;
    for (const row of planted.rows) {
      this.insightLine(planted.id, row);
      spendMinor += row.spendMinor;
    }
    this.truth.fault({
      rule: planted.rule,
      table: "campaigns",
      lines: [line],
      ids:
        planted.rule === "duplicate_campaigns"
          ? { campaign_id: planted.id, original_campaign_id: campaign.id }
          : { campaign_id: planted.id },
      magnitude: { spendMinor },
    });
  }
}
