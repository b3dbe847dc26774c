-- Status log lines whose lead is not among the leads that count.
-- Reads:  staging.received_lead_status_changes, staging.drops, staging.campaign_leads
INSERT INTO staging.drops
SELECT 'lead_status_changes', s.file_id, s.line, 'unresolved'
FROM staging.received_lead_status_changes AS s
ANTI JOIN staging.drops AS d ON d.table_name = 'lead_status_changes' AND d.file_id = s.file_id AND d.line = s.line
ANTI JOIN staging.campaign_leads AS l ON l.lead_id = s.lead_id
ORDER BY ALL;
