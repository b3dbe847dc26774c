-- One row per open lead that somebody has, or that nobody has; or the leads named, open or not.
-- Reads:  work_leads, work_received, staging.campaign_leads, marts.campaigns, marts.projects
-- Params: $holder (person; null = the pool), $accounts, $named (own ids; null = not named), $open, $since_wall (arrival),
--         $limit
WITH chosen AS (
  SELECT *, work_touched(touched_wall, attempts, stage) AS touched FROM work_leads
  WHERE account IN (SELECT unnest($accounts::VARCHAR[]))
        AND ($named::VARCHAR[] IS NOT NULL OR holder IS NOT DISTINCT FROM $holder::VARCHAR)
        AND ($named::VARCHAR[] IS NULL OR lead IN (SELECT unnest($named::VARCHAR[])))
        AND (NOT $open::BOOLEAN OR work_open(stage))
        AND arrived_wall >= $since_wall::BIGINT
  ORDER BY arrived_wall DESC, account, lead LIMIT $limit::BIGINT
)
SELECT w.account, w.lead, w.status, w.stage, w.arrived_wall, w.touched_wall, w.touched, w.holder, w.claimed_ms,
       w.last_status, w.last_ms, w.last_recorded_ms, w.last_by, w.next_ms, coalesce(w.attempts, 0) AS attempts,
       coalesce(w.version, 0) AS version, coalesce(w.decided, false) AS decided,
       coalesce(s.name, r.name) AS name, coalesce(s.phone_e164, s.phone, r.phone) AS phone,
       coalesce(s.phone_valid, r.phone_valid) AS phone_valid, coalesce(s.email, r.email) AS email,
       coalesce(c.campaign_name, c.campaign_id, r.campaign_name, r.campaign_id) AS campaign,
       coalesce(o.project_name, r.project_name) AS project
FROM chosen AS w
LEFT JOIN staging.campaign_leads AS s ON s.file_id = w.file_id AND s.line = w.line
LEFT JOIN marts.campaigns AS c ON c.campaign_key = w.campaign_key
LEFT JOIN marts.projects AS o ON o.project_key = w.project_key
LEFT JOIN work_received AS r ON r.position = w.position
ORDER BY w.arrived_wall DESC, w.account, w.lead;
