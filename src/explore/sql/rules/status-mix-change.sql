-- Months whose mix of logged statuses is another than the month's before, one row per month: at least $share of all
-- changes went to other statuses, and one status moved by $z standard errors, four changes counting as one (leads of a
-- campaign share their fate). Months with fewer than $least changes are left out. First rows of new leads are none.
-- Reads:  log
-- Params: $share, $least, $z
WITH months AS (
  SELECT date_trunc('month', changed_at)::DATE AS month, status, count(*) AS n
  FROM log WHERE stage IS DISTINCT FROM 'new' GROUP BY ALL
),
totals AS (
  SELECT month, sum(n) AS total, lag(month) OVER (ORDER BY month) AS earlier,
         lag(sum(n)) OVER (ORDER BY month) AS earlier_total
  FROM months GROUP BY month HAVING sum(n) >= $least
),
moves AS (
  SELECT t.month, any_value(t.total) AS total, s.status,
         coalesce(any_value(now.n), 0) / any_value(t.total)
         - coalesce(any_value(was.n), 0) / any_value(t.earlier_total) AS moved,
         (coalesce(any_value(now.n), 0) + coalesce(any_value(was.n), 0)) / any_value(t.total + t.earlier_total) AS pooled,
         any_value(4 * (1 / t.total + 1 / t.earlier_total)) AS unsure
  FROM totals AS t
  JOIN (SELECT DISTINCT status FROM months) AS s ON true
  LEFT JOIN months AS now ON now.month = t.month AND now.status = s.status
  LEFT JOIN months AS was ON was.month = t.earlier AND was.status = s.status
  WHERE t.earlier IS NOT NULL GROUP BY t.month, s.status
)
SELECT strftime(month, '%Y-%m') AS item, strftime(month, '%Y-%m') AS label, NULL::VARCHAR AS account_id,
       NULL AS money_minor, NULL AS leads, NULL::INTEGER AS file_id, NULL::BIGINT AS line,
       strftime(month, '%Y-%m') AS month, any_value(total)::BIGINT AS changes,
       round(sum(abs(moved)) / 2, 3) AS moved, arg_max(status, moved) AS more_of, round(max(moved), 3) AS more_by,
       arg_min(status, moved) AS less_of, round(min(moved), 3) AS less_by
FROM moves GROUP BY month HAVING sum(abs(moved)) / 2 >= $share AND max(abs(moved) / sqrt(nullif(unsure * pooled * (1 - pooled), 0))) >= $z
