-- One row per campaign and day with delivery, ordered by day so that a period reads only its part.
-- Copies are few: what they add to the raw basis is summed apart. `treated` is the one place where accepted treatments
-- change what the corrected basis adds up; there are none yet, so it is what counts.
-- Reads:  staging.insights, raw.insights, raw.files, staging.drops, campaign_keys
INSERT INTO marts.campaign_day
WITH counted AS (
  SELECT k.campaign_key, i.day, max(i.file_id) AS file_id, count(*) AS rows, sum(i.spend_minor)::BIGINT AS spend,
         sum(i.impressions)::BIGINT AS impressions, sum(i.clicks)::BIGINT AS clicks, sum(i.reach)::BIGINT AS reach
  FROM staging.insights AS i JOIN campaign_keys AS k USING (campaign_id)
  GROUP BY ALL
),
copied AS (
  SELECT k.campaign_key, i.day, count(*) AS rows, sum(i.spend_minor)::BIGINT AS spend,
         sum(i.impressions)::BIGINT AS impressions, sum(i.clicks)::BIGINT AS clicks, sum(i.reach)::BIGINT AS reach
  FROM raw.insights AS i
  JOIN staging.drops AS d ON d.table_name = 'insights' AND d.file_id = i.file_id AND d.line = i.line
                             AND d.reason = 'exact_duplicate'
  JOIN campaign_keys AS k USING (campaign_id)
  GROUP BY ALL
),
received AS (
  SELECT c.*, c.rows + coalesce(d.rows, 0) AS rows_raw, coalesce(c.spend + d.spend, c.spend) AS spend_raw,
         coalesce(c.impressions + d.impressions, c.impressions) AS impressions_raw,
         coalesce(c.clicks + d.clicks, c.clicks) AS clicks_raw, coalesce(c.reach + d.reach, c.reach) AS reach_raw
  FROM counted AS c LEFT JOIN copied AS d USING (campaign_key, day)
),
treated AS (
  SELECT *, rows AS rows_corrected, spend AS spend_corrected, impressions AS impressions_corrected,
         clicks AS clicks_corrected, reach AS reach_corrected
  FROM received
)
SELECT k.campaign_key, k.account_key, k.project_key, t.day,
       t.day + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND + to_seconds(k.lag_hours * 3600),
       marts.ahead(t.day, f.imported_at, k.time_zone), rows, spend, marts.all_in(spend, k.all_in_factor), impressions, clicks, reach,
       rows_raw, spend_raw, marts.all_in(spend_raw, k.all_in_factor), impressions_raw, clicks_raw, reach_raw,
       rows_corrected, spend_corrected, marts.all_in(spend_corrected, k.all_in_factor), impressions_corrected,
       clicks_corrected, reach_corrected
FROM treated AS t JOIN campaign_keys AS k USING (campaign_key) JOIN raw.files AS f USING (file_id)
ORDER BY t.day, k.campaign_key;
