-- Logs of leads: one row per lead that has a log. touched_at: its first row of another stage than `new`.
-- Rows of one second stand in the order of their lines; one number for both is much faster to compare than a pair.
-- Reads:  log
SELECT account_id, lead_id, count(*) AS rows, min(changed_at) AS first_at, max(changed_at) AS last_at,
       min(changed_at) FILTER (WHERE stage IS DISTINCT FROM 'new') AS touched_at,
       arg_max(status, place) AS last_status, arg_max(stage, place) AS last_stage,
       arg_min(file_id, place) AS file_id, arg_min(line, place) AS line
FROM (SELECT *, epoch_us(changed_at) // 1000000 * 67108864 + line % 67108864 AS place FROM log)
GROUP BY account_id, lead_id
