-- One row per campaign and day with delivery, ordered by day so that a period reads only its part.
-- `treated` is the one place where accepted treatments change what the corrected basis adds up; there are none yet,
-- so a corrected row is a row that counts.
-- Reads:  raw.insights, staging.drops, campaign_keys
INSERT INTO marts.campaign_day
WITH treated AS (
  SELECT i.campaign_id, i.day, i.spend_minor, i.impressions, i.clicks, i.reach,
         d.reason IS NULL AS counts,
         d.reason IS NULL AS corrected, i.spend_minor AS spend_minor_corrected,
         i.impressions AS impressions_corrected, i.clicks AS clicks_corrected, i.reach AS reach_corrected
  FROM raw.insights AS i
  LEFT JOIN staging.drops AS d ON d.table_name = 'insights' AND d.file_id = i.file_id AND d.line = i.line
  WHERE d.reason IS NULL OR d.reason = 'exact_duplicate'
),
summed AS (
  SELECT campaign_id, day,
         count(*) FILTER (WHERE counts) AS rows, sum(spend_minor) FILTER (WHERE counts) AS spend,
         sum(impressions) FILTER (WHERE counts) AS impressions, sum(clicks) FILTER (WHERE counts) AS clicks,
         sum(reach) FILTER (WHERE counts) AS reach,
         count(*) AS rows_raw, sum(spend_minor) AS spend_raw, sum(impressions) AS impressions_raw,
         sum(clicks) AS clicks_raw, sum(reach) AS reach_raw,
         count(*) FILTER (WHERE corrected) AS rows_corrected,
         sum(spend_minor_corrected) FILTER (WHERE corrected) AS spend_corrected,
         sum(impressions_corrected) FILTER (WHERE corrected) AS impressions_corrected,
         sum(clicks_corrected) FILTER (WHERE corrected) AS clicks_corrected,
         sum(reach_corrected) FILTER (WHERE corrected) AS reach_corrected
  FROM treated GROUP BY campaign_id, day
)
SELECT k.campaign_key, k.account_key, k.project_key, s.day,
       s.day + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND + to_seconds(k.lag_hours * 3600),
       rows, spend, round(spend * k.all_in_factor), impressions, clicks, reach,
       rows_raw, spend_raw, round(spend_raw * k.all_in_factor), impressions_raw, clicks_raw, reach_raw,
       rows_corrected, spend_corrected, round(spend_corrected * k.all_in_factor), impressions_corrected,
       clicks_corrected, reach_corrected
FROM summed AS s JOIN campaign_keys AS k USING (campaign_id)
ORDER BY s.day, k.campaign_key;
