-- When the last row of each file of rows that came in by themselves came.
-- Reads:  live_rows
UPDATE raw.files AS f SET imported_at = greatest(f.imported_at, n.last_at)
FROM (
  SELECT g.file_id, max(epoch_ms(r.recorded_ms)) AS last_at
  FROM live_rows AS r
  ASOF JOIN (FROM raw.files WHERE format = 'live') AS g
    ON g.account = r.account AND g.table_name = r.table_name AND g.file_id <= r.line
  GROUP BY g.file_id
) AS n
WHERE f.file_id = n.file_id;
