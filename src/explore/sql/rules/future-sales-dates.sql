-- Leads and log rows dated after the day their file was imported, or so far behind the rest of their table that a gap of
-- $gap_days and $gap_times the longest gap before, without any row, lies between and at most $stray_share of the table
-- behind it: a table that thins out at its end has ever longer gaps, none far beyond the last. One row per row.
-- Reads:  leads, log, files
-- Params: $gap_days, $gap_times, $stray_share
WITH dated AS (
  SELECT 'leads' AS place, account_id, lead_id, status, added_at AS moment, day, file_id, line FROM leads
  UNION ALL
  SELECT 'log', account_id, lead_id, status, changed_at, day, file_id, line FROM log
),
days AS (SELECT place, day, count(*) AS n FROM dated GROUP BY place, day),
gaps AS (
  SELECT place, day, n, date_diff('day', lag(day) OVER w, day) AS gap
  FROM days WINDOW w AS (PARTITION BY place ORDER BY day)
),
behind AS (
  SELECT place, day, gap,
         max(gap) OVER (PARTITION BY place ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS gap_before,
         sum(n) OVER (PARTITION BY place ORDER BY day DESC) / sum(n) OVER (PARTITION BY place) AS share_from_here
  FROM gaps
),
strays AS (
  SELECT place, min(day) AS first_stray FROM behind
  WHERE gap >= greatest($gap_days, $gap_times * coalesce(gap_before, 1)) AND share_from_here <= $stray_share GROUP BY place
)
SELECT d.place AS item, d.place AS label, d.account_id, NULL AS money_minor,
       CASE d.place WHEN 'leads' THEN 1 ELSE 0 END AS leads, d.file_id, d.line, d.place, d.lead_id, d.status, d.moment,
       d.day > f.imported_at::DATE + 1 AS ahead
FROM dated AS d
LEFT JOIN files AS f ON f.file_id = d.file_id
LEFT JOIN strays AS s ON s.place = d.place
WHERE d.day > f.imported_at::DATE + 1 OR d.day >= s.first_stray
