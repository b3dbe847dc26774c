-- The leads with these ids, as the warehouse tells them apart, and whom their row names, where that is somebody.
-- Reads:  marts.lead_outcome, marts.accounts, work_received, work_names
-- Params: $accounts, $unique (ids)
WITH known AS (
  SELECT a.account_id AS account, l.lead_id, l.assigned_to
  FROM marts.lead_outcome AS l JOIN marts.accounts AS a USING (account_key)
  WHERE l.lead_id IN (SELECT unnest($unique::VARCHAR[]))
  UNION
  SELECT account, lead, assigned_to FROM work_received WHERE lead IN (SELECT unnest($unique::VARCHAR[]))
)
SELECT k.account, k.lead_id AS "uniqueId", any_value(n.person) AS named
FROM known AS k LEFT JOIN work_names AS n ON n.account = k.account AND n.name = k.assigned_to
WHERE k.account IN (SELECT unnest($accounts::VARCHAR[]))
GROUP BY ALL ORDER BY ALL;
