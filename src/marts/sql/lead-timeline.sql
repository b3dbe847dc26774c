-- One row per status change of a lead, in the order of time, with the line that tells it.
-- Reads:  marts.lead_stage_log, staging.lead_status_changes, marts.leads_corrected, raw.files
-- Params: $lead, $as_of (date or NULL), $bulk_rows
WITH own AS (
  SELECT g.* FROM marts.lead_stage_log AS g
  SEMI JOIN (SELECT l.lead_key FROM marts.leads_corrected AS l WHERE l.lead_id = $lead /*narrow l*/) AS k USING (lead_key)
  WHERE $as_of::DATE IS NULL OR g.changed_at < $as_of::DATE + INTERVAL 1 DAY
),
together AS (
  SELECT g.account_key, g.status, date_trunc('minute', g.changed_at) AS minute, count(*) AS rows
  FROM marts.lead_stage_log AS g
  SEMI JOIN own AS o ON o.account_key = g.account_key AND o.status = g.status
                        AND date_trunc('minute', o.changed_at) = date_trunc('minute', g.changed_at)
  GROUP BY ALL
)
SELECT o.step, o.changed_at, o.status, o.stage, o.corrected AS counts,
       o.stage IS DISTINCT FROM 'new' AND t.rows >= $bulk_rows::BIGINT AS bulk,
       f.name AS file, s.line, f.import_id
FROM own AS o
JOIN together AS t ON t.account_key = o.account_key AND t.status = o.status
                      AND t.minute = date_trunc('minute', o.changed_at)
LEFT JOIN staging.lead_status_changes AS s
  ON s.lead_id = o.lead_id AND s.status = o.status AND s.changed_at = o.changed_at
LEFT JOIN raw.files AS f ON f.file_id = s.file_id
ORDER BY o.step;
