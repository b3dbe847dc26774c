-- Lead lines whose lead a newer file holds.
-- Reads:  lead_copies, staging.lead_names
INSERT INTO staging.drops
WITH copies AS (
  SELECT c.file_id, c.line, coalesce(n.unique_id, c.lead_id) AS lead_id
  FROM lead_copies AS c LEFT JOIN staging.lead_names AS n USING (file_id, line)
),
newest AS (
  SELECT lead_id, max(file_id) AS file_id FROM copies GROUP BY lead_id HAVING min(file_id) < max(file_id)
)
SELECT 'campaign_leads', l.file_id, l.line, 'superseded'
FROM copies AS l JOIN newest AS n USING (lead_id)
WHERE l.file_id < n.file_id ORDER BY ALL;
