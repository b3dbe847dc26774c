-- Status log lines whose lead, status and time a newer file holds.
-- Reads:  staging.received_lead_status_changes
INSERT INTO staging.drops
WITH newest AS (
  SELECT lead_id, status, changed_at, max(file_id) AS file_id FROM staging.received_lead_status_changes
  GROUP BY ALL HAVING min(file_id) < max(file_id)
)
SELECT 'lead_status_changes', s.file_id, s.line, 'superseded'
FROM staging.received_lead_status_changes AS s JOIN newest AS n USING (lead_id, status, changed_at)
WHERE s.file_id < n.file_id ORDER BY ALL;
