-- One row per status change of a lead, stepped in the order of time; changes of one instant keep the file's order.
-- Reads:  staging.lead_status_changes, staging.log_exclusions, lead_keys
INSERT INTO marts.lead_stage_log
SELECT k.lead_key, k.lead_id, k.account_key,
       row_number() OVER (PARTITION BY k.lead_key ORDER BY s.changed_at, s.line, s.status), s.stage, s.status,
       s.changed_at, x.file_id IS NULL
FROM staging.lead_status_changes AS s
JOIN lead_keys AS k USING (lead_id)
LEFT JOIN staging.log_exclusions AS x ON x.file_id = s.file_id AND x.line = s.line;
