-- One row per ad set of a campaign and day, ad sets in the order of their id. Reach is of people and is never added:
-- it is known where one row tells the day.
-- Reads:  staging.received_insights, staging.drops, staging.insight_corrections, marts.campaigns, marts.accounts
-- Params: $campaign_id, $treated (whether treatments count), $copies (whether exact duplicates count), $as_of
WITH known AS (
  SELECT c.campaign_id, a.lag_hours
  FROM marts.campaigns AS c JOIN marts.accounts AS a USING (account_key)
  WHERE c.campaign_id = $campaign_id /*narrow c*/
),
counted AS (
  SELECT r.*
  FROM staging.received_insights AS r
  JOIN known AS k USING (campaign_id)
  LEFT JOIN staging.drops AS x ON x.table_name = 'insights' AND x.file_id = r.file_id AND x.line = r.line
  WHERE r.campaign_id = $campaign_id AND (x.reason IS NULL OR ($copies::BOOLEAN AND x.reason = 'exact_duplicate'))
        AND ($as_of::DATE IS NULL OR r.day + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND + to_seconds(k.lag_hours * 3600)
                                     < $as_of::DATE + INTERVAL 1 DAY)
),
told AS (
  SELECT r.day, coalesce(r.ad_set_id, r.ad_set_name) AS ad_set, r.ad_set_name,
         CASE WHEN t.excluded IS NULL THEN r.spend_minor ELSE t.spend_minor END AS spend_minor,
         CASE WHEN t.excluded IS NULL THEN r.impressions ELSE t.impressions END AS impressions,
         CASE WHEN t.excluded IS NULL THEN r.clicks ELSE t.clicks END AS clicks,
         CASE WHEN t.excluded IS NULL THEN r.reach ELSE t.reach END AS reach
  FROM counted AS r
  LEFT JOIN staging.insight_corrections AS t ON $treated::BOOLEAN AND t.file_id = r.file_id AND t.line = r.line
  WHERE t.excluded IS NOT true
)
SELECT ad_set, any_value(ad_set_name) AS ad_set_name, day, sum(spend_minor)::BIGINT AS spend_minor,
       sum(impressions)::BIGINT AS impressions, sum(clicks)::BIGINT AS clicks,
       sum(impressions) FILTER (WHERE clicks IS NOT NULL)::BIGINT AS tried,
       sum(clicks) FILTER (WHERE impressions IS NOT NULL)::BIGINT AS hits,
       CASE WHEN count(*) = 1 THEN any_value(impressions)::DOUBLE / nullif(any_value(reach), 0) END AS frequency
FROM told GROUP BY ad_set, day ORDER BY ad_set NULLS LAST, day;
