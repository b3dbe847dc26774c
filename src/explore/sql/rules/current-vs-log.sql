-- Leads whose current status is not the last one of their log, apart from its spelling, one row per lead. Where the last
-- two were logged at the same time, either will do.
-- Reads:  leads, lead_logs, log
SELECT g.last_status || ' → ' || l.status AS item, g.last_status || ' → ' || l.status AS label, l.account_id,
       NULL AS money_minor, 1 AS leads, l.file_id, l.line, l.lead_id, g.last_status, g.last_stage, g.last_at,
       l.status AS current_status, l.stage AS current_stage
FROM leads AS l JOIN lead_logs AS g ON g.account_id = l.account_id AND g.lead_id = l.lead_id
WHERE l.status <> g.last_status
  AND regexp_replace(staging.fold(l.status), '[^\p{L}\p{N}]+', '', 'g')
   <> regexp_replace(staging.fold(g.last_status), '[^\p{L}\p{N}]+', '', 'g')
  AND NOT EXISTS (FROM log AS e WHERE e.account_id = l.account_id AND e.lead_id = l.lead_id
                  AND e.changed_at = g.last_at AND e.status = l.status)
