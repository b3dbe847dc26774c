-- One row per account: spend and leads of the last seven days with spend, and of the 28 days before them.
-- Reads:  insights, leads
WITH ends AS (SELECT max(day) AS last_day FROM insights WHERE spend_minor > 0),
days AS (
  SELECT account_id, day, sum(spend_minor) AS spend_minor, 0 AS leads FROM insights GROUP BY ALL
  UNION ALL
  SELECT account_id, day, 0, count(*) FROM leads GROUP BY ALL
)
SELECT d.account_id, coalesce(sum(spend_minor) FILTER (d.day > e.last_day - 7), 0)::BIGINT AS spend_now,
       coalesce(sum(leads) FILTER (d.day > e.last_day - 7), 0)::BIGINT AS leads_now,
       coalesce(sum(spend_minor) FILTER (d.day <= e.last_day - 7), 0)::BIGINT AS spend_before,
       coalesce(sum(leads) FILTER (d.day <= e.last_day - 7), 0)::BIGINT AS leads_before,
       any_value(e.last_day - 6)::VARCHAR AS from_day, any_value(e.last_day)::VARCHAR AS last_day
FROM days AS d, ends AS e
WHERE d.day BETWEEN e.last_day - 34 AND e.last_day
GROUP BY d.account_id ORDER BY d.account_id
