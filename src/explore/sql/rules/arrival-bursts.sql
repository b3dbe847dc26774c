-- Leads of one account that arrived in the same second as many others, one row per lead: written by an import, not by
-- people. Where most leads carry midnight, no time of day was written at all.
-- Reads:  leads
-- Params: $per_second
WITH seconds AS (
  SELECT account_id, date_trunc('second', added_at) AS moment, count(*) AS n
  FROM leads WHERE added_at <> date_trunc('day', added_at)
     OR (SELECT avg((added_at = date_trunc('day', added_at))::INTEGER) FROM leads) < 0.5
  GROUP BY ALL HAVING count(*) >= $per_second
)
SELECT l.account_id || ' ' || strftime(s.moment, '%Y-%m-%d %H:%M:%S') AS item,
       strftime(s.moment, '%Y-%m-%d %H:%M:%S') AS label, l.account_id, NULL AS money_minor, 1 AS leads, l.file_id,
       l.line, l.lead_id, l.campaign_id, l.added_at, s.n AS same_second
FROM leads AS l JOIN seconds AS s ON s.account_id = l.account_id AND s.moment = date_trunc('second', l.added_at)
