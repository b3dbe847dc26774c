-- Keys of campaigns, leads and log lines with conflicting lines in one file, as reported to people.
-- Reads:  staging.drops, staging.received_campaigns, staging.received_campaign_leads, staging.received_lead_status_changes
INSERT INTO staging.conflicts
WITH lost AS (
  SELECT d.table_name, d.file_id, d.line, coalesce(c.campaign_id, l.lead_id, s.lead_id || ' ' || s.status || ' ' || s.changed_at) AS key
  FROM staging.drops AS d
  LEFT JOIN staging.received_campaigns AS c
    ON d.table_name = 'campaigns' AND c.file_id = d.file_id AND c.line = d.line
  LEFT JOIN staging.received_campaign_leads AS l
    ON d.table_name = 'campaign_leads' AND l.file_id = d.file_id AND l.line = d.line
  LEFT JOIN staging.received_lead_status_changes AS s
    ON d.table_name = 'lead_status_changes' AND s.file_id = d.file_id AND s.line = d.line
  WHERE d.reason = 'conflicting_key'
)
SELECT table_name, file_id, key, min(line), count(*) + 1 FROM lost GROUP BY ALL ORDER BY ALL;
