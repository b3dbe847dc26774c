import { seededRandom } from "../../src/base/random.ts";

/** The small invented files of one import: always the same for the same seed and name. */
export function filesOf(seed: number, name: string): Readonly<Record<string, string>> {
  const random = seededRandom(seed).fork(name);
  const campaign = `c${name}`;
  const insights = ["ad_set_id,campaign_id,reach,spend,clicks,impressions,created_at"];
  const leads = ["id,campaign_id,name,email,phone,lead_status,added_date"];
  for (let day = 1; day <= 20; day++) {
    const date = `2025-01-${String(day).padStart(2, "0")}`;
    const spend = (random.int(100_000) / 100).toFixed(2);
    insights.push(`a${name},${campaign},10,${spend},${random.int(9)},${random.int(999)},${date}`);
    leads.push(
      `l${name}.${day},${campaign},Lead ${day},lead${day}@example.org,+2010${10_000_000 + random.int(80_000_000)},NEW_LEAD,${date} 10:00:00`,
    );
  }
  return {
    "campaigns.csv": `id,daily_budget,start_time,stop_time,user_id,project_name\n${campaign},100,2025-01-01 00:00:00,2025-01-20 23:59:59,u${random.int(3)},Project ${random.int(3)}\n`,
    "insights.csv": `${insights.join("\n")}\n`,
    "campaign_leads.csv": `${leads.join("\n")}\n`,
  };
}
