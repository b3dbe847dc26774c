-- Statuses that were set one by one.
-- Reads:  live_rows, raw.files
INSERT INTO raw.lead_status_changes
SELECT f.file_id, r.line, r.lead_id, r.status, epoch_ms(r.at_ms) AT TIME ZONE 'UTC' AT TIME ZONE r.time_zone,
       r.attributes
FROM live_rows AS r
ASOF JOIN (FROM raw.files WHERE format = 'live' AND table_name = 'lead_status_changes') AS f
  ON f.account = r.account AND f.file_id <= r.line
WHERE r.table_name = 'lead_status_changes'
ORDER BY r.line;
