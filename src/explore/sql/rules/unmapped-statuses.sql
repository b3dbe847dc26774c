-- Log rows and leads whose status is in no status map, one row per row.
-- Reads:  log, leads
SELECT status AS item, '“' || status || '”' AS label, account_id, NULL AS money_minor, leads, file_id, line, place,
       lead_id, status, moment
FROM (
  SELECT account_id, lead_id, status, changed_at AS moment, 'log' AS place, 0 AS leads, file_id, line
  FROM log WHERE stage IS NULL
  UNION ALL
  SELECT account_id, lead_id, status, added_at, 'leads', 1, file_id, line
  FROM leads WHERE stage IS NULL AND status IS NOT NULL
)
