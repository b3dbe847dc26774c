-- Lead lines beside the one that counts: copies of it, and earlier lines of other content (the last line wins).
-- Reads:  lead_accounts, lead_doubles, staging.received_campaign_leads
INSERT INTO staging.drops
WITH repeated AS (
  SELECT file_id, line FROM lead_accounts
  SEMI JOIN (SELECT lead_id FROM lead_doubles WHERE owned > 1) USING (lead_id)
  WHERE account_id IS NOT NULL
),
lines AS (
  SELECT l.file_id, l.line, l.lead_id,
         row(l.account_id, l.campaign_id, l.ad_set_id, l.ad_id, l.campaign_name, l.project_name, l.form_id,
             l.form_name, l.platform, l.is_organic, l.language, l.name, l.email, l.phone, l.lead_status, l.added_at,
             l.assigned_to, l.attributes::VARCHAR) AS content
  FROM staging.received_campaign_leads AS l
  SEMI JOIN repeated AS r ON r.file_id = l.file_id AND r.line = l.line
),
compared AS (
  SELECT *, content IS NOT DISTINCT FROM last_value(content) OVER (
    PARTITION BY lead_id ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS same
  FROM lines
),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY lead_id, same ORDER BY line) AS nth FROM compared
)
SELECT 'campaign_leads', file_id, line, CASE WHEN same THEN 'exact_duplicate' ELSE 'conflicting_key' END
FROM numbered WHERE NOT same OR nth > 1 ORDER BY ALL;
