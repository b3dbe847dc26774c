-- Status log rows that go down the funnel, one row per row; what leaves won is another fault.
-- Reads:  steps
SELECT from_status || ' → ' || status AS item, from_status || ' → ' || status AS label, account_id, NULL AS money_minor,
       CASE WHEN row_number() OVER (PARTITION BY account_id, lead_id ORDER BY changed_at, line) = 1
            THEN 1 ELSE 0 END AS leads,
       file_id, line, lead_id, from_status, status, from_stage, stage, changed_at, round(minutes, 2) AS minutes
FROM steps
WHERE list_position(['new', 'attempting', 'engaged', 'qualified', 'meeting'], from_stage)
    > list_position(['new', 'attempting', 'engaged', 'qualified', 'meeting'], stage)
  AND list_position(['new', 'attempting', 'engaged', 'qualified', 'meeting'], stage) > 0
