-- Spend and leads of each whole month.
-- Reads:  insights, leads
WITH months AS (
  SELECT strftime(day, '%Y-%m') AS month, sum(spend_minor)::BIGINT AS spend_minor, 0 AS leads
  FROM insights WHERE last_day(day) <= $last_day::DATE GROUP BY 1
  UNION ALL
  SELECT strftime(day, '%Y-%m'), 0, count(*) FROM leads WHERE last_day(day) <= $last_day::DATE GROUP BY 1
)
SELECT month, sum(spend_minor)::BIGINT AS spend_minor, sum(leads)::BIGINT AS leads FROM months GROUP BY 1 ORDER BY 1
