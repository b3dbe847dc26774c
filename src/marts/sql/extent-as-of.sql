-- One row: first and last day with delivery or leads known by the end of $as_of.
-- Reads:  marts.campaign_day, marts.lead_outcome
-- Params: $as_of (date)
WITH days AS (
  SELECT min(d.day) AS first_day, max(d.day) AS last_day FROM marts.campaign_day AS d
  WHERE d.known_at < $as_of::DATE + INTERVAL 1 DAY /*scope d*/
  UNION ALL
  SELECT min(l.arrival_day), max(l.arrival_day) FROM marts.lead_outcome AS l
  WHERE l.known_at < $as_of::DATE + INTERVAL 1 DAY /*scope l*/
)
SELECT min(first_day) AS first_day, max(last_day) AS last_day, max(last_day) AS end_day FROM days;
