-- One row per day of the eight up to $day, the last first: what was spent, how many leads came, and when the last did.
-- Reads:  marts.delivery_corrected, marts.leads_corrected
-- Params: $day (date)
WITH parts AS (
  SELECT d.day, sum(d.spend_minor) AS spend_minor
  FROM marts.delivery_corrected AS d WHERE d.day BETWEEN $day::DATE - 7 AND $day::DATE /*narrow d*/
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT l.arrival_day AS day, sum(l.weight) AS leads, max(l.arrival_at) AS last_arrival
  FROM marts.leads_corrected AS l WHERE l.arrival_day BETWEEN $day::DATE - 7 AND $day::DATE /*narrow l*/
  GROUP BY ALL
)
SELECT day, sum(spend_minor)::BIGINT AS spend_minor, coalesce(sum(leads), 0)::BIGINT AS leads,
       strftime(max(last_arrival), '%Y-%m-%d %H:%M:%S') AS last_arrival
FROM parts GROUP BY day ORDER BY day DESC;
