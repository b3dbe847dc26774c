-- One row per campaign.
-- Reads:  staging.campaigns, campaign_keys, marts.campaign_day, marts.lead_outcome
INSERT INTO marts.campaigns
WITH delivered AS (
  SELECT campaign_key, min(day) AS first_day, max(day) AS last_day, min(known_at) AS known_at FROM marts.campaign_day GROUP BY campaign_key
),
asked AS (
  SELECT campaign_key, min(arrival_at) AS first_lead_at FROM marts.lead_outcome GROUP BY campaign_key
)
SELECT k.campaign_key, c.campaign_id, k.account_key, k.project_key, c.campaign_name,
       concat_ws(' ', c.campaign_id, staging.fold(c.campaign_id), staging.fold(c.campaign_name), c.project_search),
       c.currency, c.daily_budget_minor, c.start_time, c.stop_time, d.first_day, d.last_day,
       least(c.start_time, d.known_at, l.first_lead_at)
FROM staging.campaigns AS c
JOIN campaign_keys AS k USING (campaign_id)
LEFT JOIN delivered AS d USING (campaign_key)
LEFT JOIN asked AS l USING (campaign_key)
ORDER BY k.campaign_key;
