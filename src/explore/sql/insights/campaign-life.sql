-- One row: how long delivered campaigns deliver, in days, and where the spend lies.
-- Reads:  insights
WITH lives AS (
  SELECT account_id, campaign_id, date_diff('day', min(day), max(day)) + 1 AS days, sum(spend_minor) AS spend_minor
  FROM insights WHERE spend_minor > 0 GROUP BY ALL
)
SELECT count(*) AS campaigns, median(days) AS median_days, count(*) FILTER (days <= 3) AS short,
       coalesce(sum(spend_minor) FILTER (days <= 3), 0)::BIGINT AS short_spend_minor,
       sum(spend_minor)::BIGINT AS spend_minor
FROM lives
