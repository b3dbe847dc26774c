-- Steps of leads through their log: one row per log row that follows another of the same lead, with what stood before.
-- Reads:  log
SELECT * FROM (
  SELECT account_id, lead_id, status, stage, changed_at, file_id, line,
         lag(status) OVER w AS from_status, lag(stage) OVER w AS from_stage,
         date_diff('second', lag(changed_at) OVER w, changed_at) / 60.0 AS minutes
  FROM log WINDOW w AS (PARTITION BY account_id, lead_id ORDER BY changed_at, file_id, line)
)
WHERE from_status IS NOT NULL
