-- The files of rows that came in by themselves, where they are missing: one per account, table and stretch between two
-- imports, numbered by its first event, so that whatever was kept later counts as newer.
-- Reads:  live_rows
INSERT INTO raw.files
WITH stretches AS (
  SELECT r.table_name, r.account, r.after_import, min(r.line) AS first_line, min(r.recorded_ms) AS recorded_ms
  FROM live_rows AS r GROUP BY ALL
)
SELECT s.first_line::INTEGER, 'live ' || s.account, 'live', '', s.table_name, 'live', NULL, s.account, NULL, '[]'::JSON,
       json_object('table', s.table_name, 'fields', json_object()), 0, 0, 0, 0, epoch_ms(s.recorded_ms)
FROM stretches AS s
WHERE NOT EXISTS (
  FROM raw.files AS f
  WHERE f.format = 'live' AND f.table_name = s.table_name AND f.account = s.account AND f.file_id > s.after_import
)
ORDER BY s.first_line;
