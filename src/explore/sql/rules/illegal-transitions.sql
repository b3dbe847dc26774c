-- Status log rows that leave a final stage, one row per row: won for anything else, lost for the funnel, invalid for the
-- start or, within minutes, for the funnel (a corrected number may well be called a day later).
-- Reads:  steps
-- Params: $within_minutes
SELECT from_status || ' → ' || status AS item, from_status || ' → ' || status AS label, account_id, NULL AS money_minor,
       CASE WHEN row_number() OVER (PARTITION BY account_id, lead_id ORDER BY changed_at, line) = 1
            THEN 1 ELSE 0 END AS leads,
       file_id, line, lead_id, from_status, status, from_stage, stage, changed_at, round(minutes, 2) AS minutes
FROM steps
WHERE (from_stage = 'won' AND stage <> 'won')
   OR (from_stage = 'lost' AND stage IN ('new', 'attempting', 'engaged', 'qualified', 'meeting', 'won'))
   OR (from_stage = 'invalid' AND (stage = 'new' OR (minutes <= $within_minutes
       AND stage IN ('attempting', 'engaged', 'qualified', 'meeting', 'won'))))
