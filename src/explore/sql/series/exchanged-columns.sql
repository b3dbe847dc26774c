-- One row per campaign whose impressions stand in another column: in (nearly) all its rows clicks, or reach, exceed
-- them, while in the other campaigns that hardly ever happens.
-- Reads:  insights
-- Params: $share (of a campaign's rows that must exceed), $rows (fewest rows)
WITH told AS (
  SELECT account_id, campaign_id, count(*) AS rows, sum(spend_minor)::BIGINT AS spend_minor,
         count(*) FILTER (WHERE clicks > 0 AND impressions IS NOT NULL) AS clicked,
         count(*) FILTER (WHERE clicks > impressions) AS clicks_over,
         count(*) FILTER (WHERE reach > 0 AND impressions IS NOT NULL) AS reached,
         count(*) FILTER (WHERE reach > impressions) AS reach_over,
         sum(clicks) FILTER (WHERE clicks > impressions) AS clicks_sum,
         sum(impressions) FILTER (WHERE clicks > impressions) AS impressions_sum
  FROM insights GROUP BY ALL
),
usual AS (
  SELECT median(clicks_over / clicked) FILTER (WHERE clicked > 0) AS clicks_usual,
         median(reach_over / reached) FILTER (WHERE reached > 0) AS reach_usual
  FROM told
)
SELECT account_id AS account, campaign_id AS "campaignId",
       CASE WHEN clicked >= $rows AND clicks_over >= $share * clicked AND clicks_sum >= 2 * impressions_sum AND clicks_usual < 0.1
            THEN 'clicks' ELSE 'reach' END AS "column"
FROM told, usual
WHERE (clicked >= $rows AND clicks_over >= $share * clicked AND clicks_sum >= 2 * impressions_sum AND clicks_usual < 0.1)
   OR (reached >= $rows AND reach_over >= $share * reached AND reach_usual < 0.1)
ORDER BY account, "campaignId"
