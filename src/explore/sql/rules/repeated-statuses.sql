-- Status log rows that repeat the status before them, one row per row: within minutes, or at any time where a second
-- time means nothing. An attempt, a talk or a wrong number of another day may well come twice.
-- Reads:  steps
-- Params: $within_minutes
SELECT status AS item, status AS label, account_id, NULL AS money_minor,
       CASE WHEN row_number() OVER (PARTITION BY account_id, lead_id ORDER BY changed_at, line) = 1
            THEN 1 ELSE 0 END AS leads,
       file_id, line, lead_id, from_status, status, from_stage, stage, changed_at, round(minutes, 2) AS minutes
FROM steps
WHERE status = from_status
  AND (minutes <= $within_minutes OR stage IN ('new', 'qualified', 'meeting', 'won', 'lost'))
