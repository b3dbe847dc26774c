-- One row: first and last day with delivery or leads known by the end of $as_of; `active_day` as in `marts.accounts`.
-- Reads:  marts.campaign_day, marts.lead_outcome
-- Params: $as_of (date)
WITH delivery AS (
  SELECT min(d.day) AS first_day, max(d.day) AS last_day, max(d.day) FILTER (d.spend_minor > 0) AS spend_day
  FROM marts.campaign_day AS d
  WHERE d.known_at < $as_of::DATE + INTERVAL 1 DAY /*scope d*/
),
arrivals AS (
  SELECT min(l.arrival_day) AS first_day, max(l.arrival_day) AS last_day,
         max(l.arrival_day) FILTER (l.arrival_day <= (SELECT spend_day FROM delivery) + 7) AS near_day
  FROM marts.lead_outcome AS l
  WHERE l.known_at < $as_of::DATE + INTERVAL 1 DAY /*scope l*/
)
SELECT least(d.first_day, a.first_day) AS first_day, greatest(d.last_day, a.last_day) AS last_day,
       greatest(d.last_day, a.last_day) AS end_day,
       coalesce(greatest(d.spend_day, a.near_day), greatest(d.last_day, a.last_day)) AS active_day
FROM delivery AS d, arrivals AS a;
