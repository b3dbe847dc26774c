-- One row per lead as it stood at the end of $as_of: its stage is the last logged by then, unknown where none was;
-- a final value of the lead table is not used, as nobody knows since when it holds.
-- Reads:  marts.leads_corrected, marts.log_corrected, marts.contracts, marts.accounts
-- Params: $as_of (date)
SELECT l.* REPLACE (
  CASE WHEN g.lead_key IS NULL THEN NULL ELSE g.status END AS status,
  CASE WHEN g.lead_key IS NULL THEN 'unknown'::marts.stage ELSE g.stage END AS stage,
  coalesce(list_contains(a.undecided_stages,
                         CASE WHEN g.lead_key IS NULL THEN 'unknown' ELSE g.stage::VARCHAR END), false) AS undecided,
  g.lead_key IS NOT NULL AS logged,
  CASE WHEN g.lead_key IS NOT NULL THEN l.first_logged_at END AS first_logged_at,
  CASE WHEN l.first_touch_at < $as_of::DATE + INTERVAL 1 DAY THEN l.first_touch_at END AS first_touch_at,
  CASE WHEN l.first_qualified_at < $as_of::DATE + INTERVAL 1 DAY THEN l.first_qualified_at END
    AS first_qualified_at,
  CASE WHEN g.lead_key IS NOT NULL
       THEN l.qualified_within_horizon AND l.first_qualified_at < $as_of::DATE + INTERVAL 1 DAY END
    AS qualified_within_horizon,
  CASE WHEN l.revenue_minor IS NOT NULL THEN coalesce(c.revenue_minor, 0) END AS revenue_minor)
FROM marts.leads_corrected AS l
JOIN marts.accounts AS a USING (account_key)
LEFT JOIN (
  SELECT lead_key, arg_max(status, step) AS status, arg_max_null(stage, step) AS stage
  FROM marts.log_corrected WHERE changed_at < $as_of::DATE + INTERVAL 1 DAY GROUP BY lead_key
) AS g ON g.lead_key = l.lead_key
LEFT JOIN (
  SELECT lead_key, sum(value_minor)::BIGINT AS revenue_minor FROM marts.contracts
  WHERE deal_date <= $as_of::DATE AND (cancelled_at IS NULL OR cancelled_at >= $as_of::DATE + INTERVAL 1 DAY)
  GROUP BY lead_key
) AS c ON c.lead_key = l.lead_key
WHERE l.known_at < $as_of::DATE + INTERVAL 1 DAY
