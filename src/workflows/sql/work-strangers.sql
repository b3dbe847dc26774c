-- One row per account and name in `assigned_to` that is nobody's here, with the open leads that wait in the pool for it.
-- Reads:  work_leads, work_names
-- Params: $accounts
SELECT w.account, w.assigned_to AS name, count(*) AS leads
FROM work_leads AS w ANTI JOIN work_names AS n ON n.account = w.account AND n.name = w.assigned_to
WHERE w.assigned_to IS NOT NULL AND w.holder IS NULL AND work_open(w.stage)
      AND w.account IN (SELECT unnest($accounts::VARCHAR[]))
GROUP BY ALL ORDER BY leads DESC, w.account, name LIMIT 200;
