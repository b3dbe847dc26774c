-- The current status of leads whose last word was said here and not in a file: the latest status set here counts unless
-- a file that came after it says something else. A file that repeats what was said before, or says `new` or nothing, has
-- not heard of it and takes nothing back.
-- Reads:  staging.received_lead_status_changes, staging.received_campaign_leads, raw.files, staging.settings,
--         staging.status_map
UPDATE staging.campaign_leads AS t SET lead_status = n.status, stage = n.stage
FROM (
  WITH said AS (
    SELECT s.lead_id, f.account, arg_max(s.status, row(s.changed_at, s.line)) AS status,
           arg_max(s.line, row(s.changed_at, s.line)) AS position
    FROM staging.received_lead_status_changes AS s
    JOIN raw.files AS f ON f.file_id = s.file_id
    WHERE f.format = 'live' GROUP BY ALL
  ),
  told AS (
    SELECT l.lead_id, l.lead_status, CASE WHEN f.format = 'live' THEN l.line ELSE l.file_id END AS position, l.line
    FROM staging.received_campaign_leads AS l
    JOIN raw.files AS f ON f.file_id = l.file_id
    SEMI JOIN said AS s ON s.lead_id = l.lead_id
  ),
  before AS (
    SELECT s.lead_id, s.account, arg_max_null(o.lead_status, row(o.position, o.line)) AS lead_status
    FROM said AS s JOIN told AS o ON o.lead_id = s.lead_id AND o.position < s.position
    GROUP BY ALL
  )
  SELECT c.lead_id, s.status, m.stage
  FROM said AS s
  JOIN staging.campaign_leads AS c ON c.lead_id = s.lead_id AND c.account_id = s.account
  JOIN raw.files AS f ON f.file_id = c.file_id
  LEFT JOIN before AS b ON b.lead_id = s.lead_id AND b.account = s.account
  LEFT JOIN staging.settings AS own ON own.account_id = c.account_id
  LEFT JOIN staging.status_map AS m ON m.settings_id = coalesce(own.settings_id, 0) AND m.status = s.status
  WHERE CASE WHEN f.format = 'live' THEN c.line ELSE c.file_id END < s.position
        OR c.lead_status IS NULL OR c.stage = 'new' OR c.lead_status IS NOT DISTINCT FROM b.lead_status
) AS n
WHERE t.lead_id = n.lead_id;
