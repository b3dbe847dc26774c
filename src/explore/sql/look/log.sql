-- Status log as explored: one row per lead, status and time.
-- Reads:  staging.lead_status_changes
SELECT account_id, lead_id, status, stage, changed_at, changed_at::DATE AS day, copies, file_id, line
FROM staging.lead_status_changes
