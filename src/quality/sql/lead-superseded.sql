-- Lead lines whose lead id a newer file holds.
-- Reads:  raw.campaign_leads
INSERT INTO staging.drops
WITH newest AS (
  SELECT lead_id, max(file_id) AS file_id FROM raw.campaign_leads
  GROUP BY lead_id HAVING min(file_id) < max(file_id)
)
SELECT 'campaign_leads', l.file_id, l.line, 'superseded'
FROM raw.campaign_leads AS l JOIN newest AS n USING (lead_id)
WHERE l.file_id < n.file_id ORDER BY ALL;
