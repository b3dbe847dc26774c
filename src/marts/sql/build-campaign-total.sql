-- One row per campaign with delivery or leads: all its days together, on one basis; build.ts asks for each.
-- Params: $basis
-- Reads:  marts.delivery_corrected, marts.leads_corrected
INSERT INTO marts.campaign_total
WITH parts AS (
  SELECT campaign_key, count(*) AS n, min(day) AS first_day, max(day) AS last_day,
         sum(spend_minor) AS spend_minor, sum(spend_all_in_minor) AS spend_all_in_minor,
         sum(impressions) AS impressions, sum(clicks) AS clicks,
         sum(spend_without_impressions) AS spend_without_impressions, sum(spend_without_clicks) AS spend_without_clicks,
         sum(impressions_without_spend) AS impressions_without_spend,
         sum(impressions_without_clicks) AS impressions_without_clicks,
         sum(clicks_without_spend) AS clicks_without_spend,
         sum(clicks_without_impressions) AS clicks_without_impressions
  FROM marts.delivery_corrected GROUP BY campaign_key
  UNION ALL BY NAME
  SELECT campaign_key, sum(weight) AS leads,
         sum(weight) FILTER (WHERE stage IS NOT NULL AND NOT undecided) AS judged,
         sum(weight) FILTER (WHERE undecided) AS undecided,
         sum(weight) FILTER (WHERE stage IN ('qualified', 'meeting', 'won')) AS qualified,
         sum(weight) FILTER (WHERE stage IN ('meeting', 'won')) AS meetings,
         sum(weight) FILTER (WHERE stage = 'won') AS deals
  FROM marts.leads_corrected WHERE campaign_key IS NOT NULL GROUP BY campaign_key
)
SELECT $basis, campaign_key, sum(n), min(first_day), max(last_day), sum(spend_minor), sum(spend_all_in_minor),
       sum(impressions), sum(clicks), sum(spend_without_impressions), sum(spend_without_clicks),
       sum(impressions_without_spend), sum(impressions_without_clicks), sum(clicks_without_spend),
       sum(clicks_without_impressions), sum(leads), sum(judged), sum(undecided), sum(qualified), sum(meetings),
       sum(deals)
FROM parts GROUP BY campaign_key ORDER BY campaign_key;
