-- Insight rows of days, and campaigns with a start, that lie after the file that tells of them was imported, or years
-- beyond all others; one row per row.
-- Reads:  insights, campaigns, files
-- Params: $years (gap beyond the other days)
WITH told AS (
  SELECT 'insights' AS table_name, i.account_id, i.campaign_id, i.file_id, i.line, i.day, i.spend_minor FROM insights AS i
  UNION ALL
  SELECT 'campaigns', c.account_id, c.campaign_id, c.file_id, c.line, c.start_time::DATE, NULL FROM campaigns AS c
  WHERE c.start_time IS NOT NULL AND c.file_id IS NOT NULL
),
usual AS (
  SELECT table_name, quantile_disc(day, 0.995) AS late FROM told GROUP BY table_name
)
SELECT t.table_name AS item, t.table_name AS label, t.account_id, t.spend_minor AS money_minor, NULL AS leads, t.file_id, t.line,
       t.table_name, t.campaign_id, t.day, f.imported_at, t.spend_minor
FROM told AS t
JOIN files AS f ON f.file_id = t.file_id
JOIN usual AS u ON u.table_name = t.table_name
WHERE t.day > f.imported_at::DATE + CASE t.table_name WHEN 'campaigns' THEN 366 ELSE 1 END
   OR t.day > u.late + INTERVAL 1 YEAR * $years
