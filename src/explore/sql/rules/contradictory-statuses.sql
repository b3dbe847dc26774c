-- Status log rows that say the opposite of the row before them almost at once, one row per row.
-- Reads:  steps
-- Params: $within_seconds
SELECT from_status || ' → ' || status AS item, from_status || ' → ' || status AS label, account_id, NULL AS money_minor,
       CASE WHEN row_number() OVER (PARTITION BY account_id, lead_id ORDER BY changed_at, line) = 1
            THEN 1 ELSE 0 END AS leads,
       file_id, line, lead_id, from_status, status, from_stage, stage, changed_at, round(minutes, 2) AS minutes
FROM steps
WHERE minutes * 60 <= $within_seconds
  AND ((from_stage IN ('qualified', 'meeting', 'won') AND stage IN ('lost', 'invalid'))
    OR (from_stage IN ('lost', 'invalid') AND stage IN ('qualified', 'meeting', 'won')))
