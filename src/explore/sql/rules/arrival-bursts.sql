-- Leads of one account that arrived in the same minute as many others, one row per lead: written by an import or a
-- machine, not by people. A busy day explains none: such a minute holds ten times its share of the day's leads or more.
-- Where most leads carry midnight, no time of day was written at all.
-- Reads:  leads
-- Params: $per_minute
WITH minutes AS (
  SELECT account_id, date_trunc('minute', added_at) AS moment, count(*) AS n
  FROM leads WHERE added_at <> date_trunc('day', added_at)
     OR (SELECT avg((added_at = date_trunc('day', added_at))::INTEGER) FROM leads) < 0.5
  GROUP BY ALL HAVING count(*) >= $per_minute
),
days AS (SELECT account_id, day, count(*) AS n FROM leads GROUP BY ALL),
bursts AS (
  SELECT m.* FROM minutes AS m JOIN days AS d ON d.account_id = m.account_id AND d.day = m.moment::DATE
  WHERE m.n * 1440 >= 10 * (d.n - m.n)
)
SELECT l.account_id || ' ' || strftime(s.moment, '%Y-%m-%d %H:%M') AS item, strftime(s.moment, '%Y-%m-%d %H:%M') AS label,
       l.account_id, NULL AS money_minor, 1 AS leads, l.file_id, l.line, l.lead_id, l.campaign_id, l.added_at,
       s.n AS same_minute
FROM leads AS l JOIN bursts AS s ON s.account_id = l.account_id AND s.moment = date_trunc('minute', l.added_at)
