-- Leads of whose log a treatment leaves out a line, with what the rest of the log says of them.
-- Reads:  marts.lead_outcome, marts.lead_stage_log, marts.accounts, lead_keys
INSERT INTO marts.lead_retold
WITH touched AS (SELECT DISTINCT lead_key FROM marts.lead_stage_log WHERE NOT corrected),
log AS (
  SELECT lead_key, min(changed_at) AS first_logged_at,
         min(changed_at) FILTER (WHERE stage IS DISTINCT FROM 'new') AS first_touch_at,
         min(changed_at) FILTER (WHERE stage IN ('qualified', 'meeting', 'won')) AS first_qualified_at,
         arg_max(status, step) AS last_status, arg_max_null(stage, step) AS last_stage
  FROM marts.lead_stage_log WHERE corrected GROUP BY lead_key
),
told AS (
  SELECT l.*, g.first_logged_at AS logged_at, g.first_touch_at AS touched_at, g.first_qualified_at AS qualified_at,
         CASE WHEN k.lead_status IS NOT NULL THEN l.status ELSE g.last_status END AS told_status,
         CASE WHEN k.lead_status IS NOT NULL THEN l.stage
              WHEN g.lead_key IS NOT NULL THEN g.last_stage ELSE 'unknown' END AS told_stage
  FROM marts.lead_outcome AS l
  SEMI JOIN touched USING (lead_key)
  JOIN lead_keys AS k ON k.lead_key = l.lead_key
  LEFT JOIN log AS g ON g.lead_key = l.lead_key
  WHERE l.corrected
)
SELECT t.* EXCLUDE (logged_at, touched_at, qualified_at, told_status, told_stage) REPLACE (
  t.told_status AS status, t.told_stage AS stage,
  coalesce(list_contains(a.undecided_stages, t.told_stage::VARCHAR), false) AS undecided,
  t.logged_at IS NOT NULL AS logged, t.logged_at AS first_logged_at, t.touched_at AS first_touch_at,
  t.qualified_at AS first_qualified_at,
  CASE WHEN t.logged_at IS NOT NULL
       THEN coalesce(t.qualified_at <= t.arrival_at + to_days(a.horizon_days), false) END AS qualified_within_horizon)
FROM told AS t JOIN marts.accounts AS a USING (account_key)
ORDER BY t.lead_key;
