-- Status log rows from before their lead arrived, one row per row; leads whose own arrival lies ahead are another fault.
-- Reads:  log, leads
-- Params: $tolerance_seconds; $last_day, the last day that had come
SELECT g.account_id AS item, g.account_id AS label, g.account_id, NULL AS money_minor,
       CASE WHEN row_number() OVER (PARTITION BY g.account_id, g.lead_id ORDER BY g.changed_at, g.line) = 1
            THEN 1 ELSE 0 END AS leads,
       g.file_id, g.line, g.lead_id, g.status, g.changed_at, l.added_at,
       round(date_diff('second', g.changed_at, l.added_at) / 3600.0, 2) AS hours_early
FROM log AS g
JOIN leads AS l ON l.account_id = g.account_id AND l.lead_id = g.lead_id
WHERE g.changed_at < l.added_at - to_seconds($tolerance_seconds::DOUBLE)
  AND l.day <= coalesce($last_day::DATE, DATE '9999-12-31')
