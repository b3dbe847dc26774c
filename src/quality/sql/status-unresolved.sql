-- Status log lines whose lead is not among the leads that count; a status set here counts in the account it was set in.
-- Reads:  staging.received_lead_status_changes, staging.drops, staging.campaign_leads, raw.files
INSERT INTO staging.drops
SELECT 'lead_status_changes', s.file_id, s.line, 'unresolved'
FROM staging.received_lead_status_changes AS s
ANTI JOIN staging.drops AS d ON d.table_name = 'lead_status_changes' AND d.file_id = s.file_id AND d.line = s.line
LEFT JOIN raw.files AS f ON f.file_id = s.file_id AND f.format = 'live'
ANTI JOIN staging.campaign_leads AS l ON l.lead_id = s.lead_id AND l.account_id = coalesce(f.account, l.account_id)
ORDER BY ALL;
