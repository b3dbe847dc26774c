-- One row per lead, status and time.
-- Reads:  staging.received_lead_status_changes, staging.drops, staging.campaign_leads, staging.settings, staging.status_map
INSERT INTO staging.lead_status_changes
WITH repeated AS (
  SELECT file_id, lead_id, status, changed_at, count(*) AS copies FROM staging.received_lead_status_changes
  GROUP BY ALL HAVING count(*) > 1
)
SELECT s.lead_id, l.account_id, s.status, m.stage, s.changed_at, coalesce(r.copies, 1), s.file_id, s.line
FROM staging.received_lead_status_changes AS s
ANTI JOIN staging.drops AS d ON d.table_name = 'lead_status_changes' AND d.file_id = s.file_id AND d.line = s.line
JOIN staging.campaign_leads AS l ON l.lead_id = s.lead_id
LEFT JOIN repeated AS r ON r.file_id = s.file_id AND r.lead_id = s.lead_id AND r.status = s.status
                           AND r.changed_at = s.changed_at
LEFT JOIN staging.settings AS own ON own.account_id = l.account_id
LEFT JOIN staging.status_map AS m ON m.settings_id = coalesce(own.settings_id, 0) AND m.status = s.status;
