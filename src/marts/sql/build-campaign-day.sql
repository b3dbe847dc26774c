-- One row per campaign and day with delivery, ordered by day so that a period reads only its part: what differs is sorted
-- while it is narrow, and what is joined to it after that is small and keeps its order.
-- Copies are few: what they add to the raw basis is summed apart; so are rows that do not know all of spend, impressions
-- and clicks, and must not enter a ratio of what they lack. The corrected basis begins as what counts;
-- build-treated-days.sql changes it where treatments were accepted.
-- Reads:  staging.insights, staging.received_insights, raw.files, staging.drops, campaign_keys
INSERT INTO marts.campaign_day
WITH counted AS MATERIALIZED (
  SELECT k.campaign_key, i.day, max(i.file_id) AS file_id, count(*) AS rows, sum(i.spend_minor)::BIGINT AS spend,
         sum(i.impressions)::BIGINT AS impressions, sum(i.clicks)::BIGINT AS clicks, sum(i.reach)::BIGINT AS reach
  FROM staging.insights AS i JOIN campaign_keys AS k USING (campaign_id)
  GROUP BY ALL ORDER BY i.day, k.campaign_key
),
lacking AS MATERIALIZED (
  SELECT k.campaign_key, i.day,
         sum(i.spend_minor) FILTER (WHERE i.impressions IS NULL)::BIGINT AS spend_without_impressions,
         sum(i.spend_minor) FILTER (WHERE i.clicks IS NULL)::BIGINT AS spend_without_clicks,
         sum(i.spend_minor) FILTER (WHERE i.impressions IS NULL OR i.clicks IS NULL)::BIGINT AS spend_without_both,
         sum(i.impressions) FILTER (WHERE i.spend_minor IS NULL)::BIGINT AS impressions_without_spend,
         sum(i.impressions) FILTER (WHERE i.clicks IS NULL)::BIGINT AS impressions_without_clicks,
         sum(i.clicks) FILTER (WHERE i.spend_minor IS NULL)::BIGINT AS clicks_without_spend,
         sum(i.clicks) FILTER (WHERE i.impressions IS NULL)::BIGINT AS clicks_without_impressions
  FROM staging.insights AS i JOIN campaign_keys AS k USING (campaign_id)
  WHERE i.spend_minor IS NULL OR i.impressions IS NULL OR i.clicks IS NULL
  GROUP BY ALL
),
copied AS MATERIALIZED (
  SELECT k.campaign_key, i.day, count(*) AS rows, sum(i.spend_minor)::BIGINT AS spend,
         sum(i.impressions)::BIGINT AS impressions, sum(i.clicks)::BIGINT AS clicks, sum(i.reach)::BIGINT AS reach,
         sum(i.spend_minor) FILTER (WHERE i.impressions IS NULL)::BIGINT AS spend_without_impressions,
         sum(i.spend_minor) FILTER (WHERE i.clicks IS NULL)::BIGINT AS spend_without_clicks,
         sum(i.spend_minor) FILTER (WHERE i.impressions IS NULL OR i.clicks IS NULL)::BIGINT AS spend_without_both,
         sum(i.impressions) FILTER (WHERE i.spend_minor IS NULL)::BIGINT AS impressions_without_spend,
         sum(i.impressions) FILTER (WHERE i.clicks IS NULL)::BIGINT AS impressions_without_clicks,
         sum(i.clicks) FILTER (WHERE i.spend_minor IS NULL)::BIGINT AS clicks_without_spend,
         sum(i.clicks) FILTER (WHERE i.impressions IS NULL)::BIGINT AS clicks_without_impressions
  FROM staging.received_insights AS i
  JOIN staging.drops AS d ON d.table_name = 'insights' AND d.file_id = i.file_id AND d.line = i.line
                             AND d.reason = 'exact_duplicate'
  JOIN campaign_keys AS k USING (campaign_id)
  GROUP BY ALL
),
received AS (
  SELECT c.*, c.rows + coalesce(d.rows, 0) AS rows_raw, coalesce(c.spend + d.spend, c.spend) AS spend_raw,
         coalesce(c.impressions + d.impressions, c.impressions) AS impressions_raw,
         coalesce(c.clicks + d.clicks, c.clicks) AS clicks_raw, coalesce(c.reach + d.reach, c.reach) AS reach_raw,
         l.spend_without_impressions, l.spend_without_clicks, l.spend_without_both, l.impressions_without_spend,
         l.impressions_without_clicks, l.clicks_without_spend, l.clicks_without_impressions,
         marts.added(l.spend_without_impressions, d.spend_without_impressions) AS spend_without_impressions_raw,
         marts.added(l.spend_without_clicks, d.spend_without_clicks) AS spend_without_clicks_raw,
         marts.added(l.spend_without_both, d.spend_without_both) AS spend_without_both_raw,
         marts.added(l.impressions_without_spend, d.impressions_without_spend) AS impressions_without_spend_raw,
         marts.added(l.impressions_without_clicks, d.impressions_without_clicks) AS impressions_without_clicks_raw,
         marts.added(l.clicks_without_spend, d.clicks_without_spend) AS clicks_without_spend_raw,
         marts.added(l.clicks_without_impressions, d.clicks_without_impressions) AS clicks_without_impressions_raw
  FROM counted AS c
  LEFT JOIN lacking AS l USING (campaign_key, day)
  LEFT JOIN copied AS d USING (campaign_key, day)
),
uncorrected AS (
  SELECT *, rows AS rows_corrected, spend AS spend_corrected, impressions AS impressions_corrected,
         clicks AS clicks_corrected, reach AS reach_corrected,
         spend_without_impressions AS spend_without_impressions_corrected,
         spend_without_clicks AS spend_without_clicks_corrected, spend_without_both AS spend_without_both_corrected,
         impressions_without_spend AS impressions_without_spend_corrected,
         impressions_without_clicks AS impressions_without_clicks_corrected,
         clicks_without_spend AS clicks_without_spend_corrected,
         clicks_without_impressions AS clicks_without_impressions_corrected
  FROM received
)
SELECT k.campaign_key, k.account_key, k.project_key, t.day,
       t.day + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND + to_seconds(k.lag_hours * 3600),
       marts.ahead(t.day, f.imported_at, k.time_zone), rows, spend, marts.all_in(spend, k.all_in_factor), impressions, clicks, reach,
       rows_raw, spend_raw, marts.all_in(spend_raw, k.all_in_factor), impressions_raw, clicks_raw, reach_raw,
       rows_corrected, spend_corrected, marts.all_in(spend_corrected, k.all_in_factor), impressions_corrected,
       clicks_corrected, reach_corrected,
       spend_without_impressions, spend_without_clicks, spend_without_both, impressions_without_spend,
       impressions_without_clicks, clicks_without_spend, clicks_without_impressions,
       spend_without_impressions_raw, spend_without_clicks_raw, spend_without_both_raw, impressions_without_spend_raw,
       impressions_without_clicks_raw, clicks_without_spend_raw, clicks_without_impressions_raw,
       spend_without_impressions_corrected, spend_without_clicks_corrected, spend_without_both_corrected,
       impressions_without_spend_corrected, impressions_without_clicks_corrected, clicks_without_spend_corrected,
       clicks_without_impressions_corrected
FROM uncorrected AS t JOIN campaign_keys AS k USING (campaign_key) JOIN raw.files AS f USING (file_id);
