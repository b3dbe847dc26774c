-- One row per weekday and hour of arrival, per account, and per who calls (NULL: nobody): leads by what is known of them.
-- Reads:  lead_waits, marts.accounts
WITH reps AS (
  SELECT assigned_to, row_number() OVER (ORDER BY assigned_to NULLS FIRST) AS rep
  FROM (SELECT DISTINCT assigned_to FROM lead_waits)
),
grouped AS (
  SELECT CASE WHEN grouping(weekday) = 0 THEN 'cell' WHEN grouping(account_key) = 0 THEN 'account' ELSE 'rep' END AS kind,
         weekday * 24 + hour AS cell, account_key, assigned_to, count(*) AS leads,
         count(*) FILTER (WHERE contact = 'never') AS never, count(*) FILTER (WHERE late IS NOT NULL) AS judged,
         count(*) FILTER (WHERE late) AS late
  FROM lead_waits GROUP BY GROUPING SETS ((weekday, hour), (account_key), (assigned_to))
)
SELECT g.kind, CASE g.kind WHEN 'cell' THEN g.cell WHEN 'account' THEN g.account_key ELSE r.rep END::INTEGER AS key,
       CASE g.kind WHEN 'account' THEN a.account_id WHEN 'rep' THEN g.assigned_to END AS id,
       g.leads, g.never, g.judged, g.late
FROM grouped AS g
LEFT JOIN marts.accounts AS a ON a.account_key = g.account_key
LEFT JOIN reps AS r ON g.kind = 'rep' AND r.assigned_to IS NOT DISTINCT FROM g.assigned_to
ORDER BY g.kind, g.leads DESC, key;
