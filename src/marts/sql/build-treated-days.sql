-- What campaign days come to on the corrected basis where treatments changed a row: all rows of those days again, as
-- treated. Days without any stay what they are.
-- Reads:  staging.insight_corrections, staging.insights, campaign_keys
UPDATE marts.campaign_day AS d SET
  rows_corrected = t.rows, spend_minor_corrected = t.spend,
  spend_all_in_minor_corrected = marts.all_in(t.spend, t.all_in_factor), impressions_corrected = t.impressions,
  clicks_corrected = t.clicks, reach_corrected = t.reach,
  spend_without_impressions_corrected = t.spend_without_impressions,
  spend_without_clicks_corrected = t.spend_without_clicks, spend_without_both_corrected = t.spend_without_both,
  impressions_without_spend_corrected = t.impressions_without_spend,
  impressions_without_clicks_corrected = t.impressions_without_clicks,
  clicks_without_spend_corrected = t.clicks_without_spend,
  clicks_without_impressions_corrected = t.clicks_without_impressions
FROM (
  WITH changed AS (
    SELECT DISTINCT i.campaign_id, i.day
    FROM staging.insight_corrections AS c
    JOIN staging.insights AS i ON i.file_id = c.file_id AND i.line = c.line
  ),
  treated AS (
    SELECT i.campaign_id, i.day, c.excluded IS NOT true AS kept,
           CASE WHEN c.file_id IS NULL THEN i.spend_minor ELSE c.spend_minor END AS spend,
           CASE WHEN c.file_id IS NULL THEN i.impressions ELSE c.impressions END AS impressions,
           CASE WHEN c.file_id IS NULL THEN i.clicks ELSE c.clicks END AS clicks,
           CASE WHEN c.file_id IS NULL THEN i.reach ELSE c.reach END AS reach
    FROM staging.insights AS i
    SEMI JOIN changed AS x ON x.campaign_id = i.campaign_id AND x.day = i.day
    LEFT JOIN staging.insight_corrections AS c ON c.file_id = i.file_id AND c.line = i.line
  )
  SELECT k.campaign_key, k.all_in_factor, i.day, count(*) FILTER (WHERE kept) AS rows, sum(spend)::BIGINT AS spend,
         sum(impressions)::BIGINT AS impressions, sum(clicks)::BIGINT AS clicks, sum(reach)::BIGINT AS reach,
         sum(spend) FILTER (WHERE impressions IS NULL)::BIGINT AS spend_without_impressions,
         sum(spend) FILTER (WHERE clicks IS NULL)::BIGINT AS spend_without_clicks,
         sum(spend) FILTER (WHERE impressions IS NULL OR clicks IS NULL)::BIGINT AS spend_without_both,
         sum(impressions) FILTER (WHERE spend IS NULL)::BIGINT AS impressions_without_spend,
         sum(impressions) FILTER (WHERE clicks IS NULL)::BIGINT AS impressions_without_clicks,
         sum(clicks) FILTER (WHERE spend IS NULL)::BIGINT AS clicks_without_spend,
         sum(clicks) FILTER (WHERE impressions IS NULL)::BIGINT AS clicks_without_impressions
  FROM treated AS i JOIN campaign_keys AS k USING (campaign_id)
  GROUP BY k.campaign_key, k.all_in_factor, i.day
) AS t
WHERE t.campaign_key = d.campaign_key AND t.day = d.day;
