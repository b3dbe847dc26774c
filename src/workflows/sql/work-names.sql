-- One row per account and name in `assigned_to`.
-- Reads:  marts.lead_outcome, marts.accounts, work_received
SELECT DISTINCT a.account_id AS account, l.assigned_to AS name
FROM marts.lead_outcome AS l JOIN marts.accounts AS a USING (account_key)
WHERE l.assigned_to IS NOT NULL
UNION
SELECT account, assigned_to FROM work_received WHERE assigned_to IS NOT NULL
ORDER BY ALL;
