-- Spend and leads of each whole month.
-- Reads:  insights, leads
WITH days AS (
  SELECT day, sum(spend_minor)::BIGINT AS spend_minor, 0 AS leads FROM insights GROUP BY day
  UNION ALL
  SELECT day, 0, count(*) FROM leads GROUP BY day
)
SELECT strftime(day, '%Y-%m') AS month, sum(spend_minor)::BIGINT AS spend_minor, sum(leads)::BIGINT AS leads
FROM days WHERE last_day(day) <= $last_day::DATE GROUP BY 1 ORDER BY 1
