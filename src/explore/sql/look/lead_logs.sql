-- Logs of leads: one row per lead that has a log. touched_at: its first row of another stage than `new`.
-- Reads:  log
SELECT account_id, lead_id, count(*) AS rows, min(changed_at) AS first_at, max(changed_at) AS last_at,
       min(changed_at) FILTER (WHERE stage IS DISTINCT FROM 'new') AS touched_at,
       arg_max(status, (changed_at, file_id, line)) AS last_status,
       arg_max(stage, (changed_at, file_id, line)) AS last_stage,
       arg_min(file_id, (changed_at, file_id, line)) AS file_id, arg_min(line, (changed_at, file_id, line)) AS line
FROM log GROUP BY account_id, lead_id
