-- One row per lead with its current stage and what the log says of it, ordered by arrival.
-- Every lead counts on the corrected basis until build-treated-leads.sql takes out those that treatments exclude.
-- Reads:  lead_keys, marts.lead_stage_log, marts.contracts, marts.accounts, raw.files
INSERT INTO marts.lead_outcome
WITH log AS (
  SELECT lead_key, min(changed_at) AS first_logged_at,
         min(changed_at) FILTER (WHERE stage IS DISTINCT FROM 'new') AS first_touch_at,
         min(changed_at) FILTER (WHERE stage IN ('qualified', 'meeting', 'won')) AS first_qualified_at,
         arg_max(status, step) AS last_status, arg_max_null(stage, step) AS last_stage
  FROM marts.lead_stage_log GROUP BY lead_key
),
revenue AS (
  SELECT lead_key, sum(value_minor)::BIGINT AS revenue_minor FROM marts.contracts
  WHERE cancelled_at IS NULL GROUP BY lead_key
),
staged AS (
  SELECT k.*, coalesce(k.lead_status, g.last_status) AS status,
         CASE WHEN k.lead_status IS NOT NULL THEN k.stage
              WHEN g.lead_key IS NOT NULL THEN g.last_stage ELSE 'unknown' END AS current_stage,
         g.first_logged_at, g.first_touch_at, g.first_qualified_at
  FROM lead_keys AS k LEFT JOIN log AS g USING (lead_key)
)
SELECT s.lead_key, s.lead_id, s.campaign_key, s.account_key, s.project_key,
       s.added_at, s.added_at::DATE, s.added_at, s.copies, true, s.status, s.current_stage,
       coalesce(list_contains(a.undecided_stages, s.current_stage::VARCHAR), false),
       s.first_logged_at IS NOT NULL, s.first_logged_at, s.first_touch_at, s.first_qualified_at,
       CASE WHEN s.first_logged_at IS NOT NULL
            THEN coalesce(s.first_qualified_at <= s.added_at + to_days(a.horizon_days), false) END,
       CASE WHEN a.revenue_since IS NOT NULL THEN coalesce(r.revenue_minor, 0) END,
       s.assigned_to, s.file_id, s.line, marts.ahead(s.added_at::DATE, f.imported_at, a.time_zone)
FROM staged AS s
JOIN marts.accounts AS a USING (account_key)
JOIN raw.files AS f ON f.file_id = s.file_id
LEFT JOIN revenue AS r USING (lead_key);
