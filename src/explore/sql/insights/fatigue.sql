-- One row per ad set with at least eight days of impressions: its earlier and its later half by days. Frequency is that
-- of its days on average; reach of several days is never added up.
-- Reads:  insights, campaigns
WITH shown AS (
  SELECT account_id, campaign_id, entity, day, sum(spend_minor) AS spend_minor, sum(impressions) AS impressions,
         sum(clicks) AS clicks, sum(impressions)::DOUBLE / nullif(sum(reach), 0) AS frequency
  FROM insights WHERE impressions > 0 AND clicks IS NOT NULL GROUP BY ALL
),
halved AS (
  SELECT *, ntile(2) OVER w AS half, count(*) OVER (PARTITION BY account_id, campaign_id, entity) AS days
  FROM shown WINDOW w AS (PARTITION BY account_id, campaign_id, entity ORDER BY day)
)
SELECT h.campaign_id, any_value(coalesce(c.campaign_name, h.campaign_id)) AS name,
       sum(impressions) FILTER (half = 1)::BIGINT AS impressions_before,
       sum(impressions) FILTER (half = 2)::BIGINT AS impressions_after,
       sum(clicks) FILTER (half = 1)::BIGINT AS clicks_before, sum(clicks) FILTER (half = 2)::BIGINT AS clicks_after,
       avg(frequency) FILTER (half = 1) AS frequency_before, avg(frequency) FILTER (half = 2) AS frequency_after,
       coalesce(sum(spend_minor) FILTER (half = 2), 0)::BIGINT AS spend_after
FROM halved AS h LEFT JOIN campaigns AS c USING (account_id, campaign_id)
WHERE days >= 8
GROUP BY h.account_id, h.campaign_id, h.entity ORDER BY h.account_id, h.campaign_id, h.entity
