-- One row: the last moment that leads or their log tell of, and the last day on which leads came.
-- Reads:  marts.leads_corrected, marts.log_corrected, marts.accounts
-- Params: $last_day (date; leads dated later are mistakes), $as_of
WITH arrived AS (
  SELECT max(l.arrival_at) AS at, max(l.arrival_day) AS day FROM marts.leads_corrected AS l
  WHERE l.arrival_day <= $last_day::DATE /*narrow l*/
),
logged AS (
  SELECT max(g.changed_at) AS at FROM marts.log_corrected AS g
  WHERE g.changed_at < coalesce($as_of::DATE, $last_day::DATE) + 1 /*account g*/
)
SELECT strftime(greatest(a.at, g.at), '%Y-%m-%d %H:%M:%S') AS at, a.day FROM arrived AS a, logged AS g;
