-- Leads that came in by themselves; a campaign named and not numbered has the id that it has in files.
-- Reads:  live_rows, raw.files
INSERT INTO raw.campaign_leads
SELECT f.file_id, r.line, r.lead_id, NULL,
       coalesce(r.campaign_id, CASE WHEN r.campaign_name IS NOT NULL THEN 'name:' || ingest_name(r.campaign_name) END),
       r.ad_set_id, r.ad_id, r.campaign_name, r.project_name, r.form_id, r.form_name, r.platform, r.is_organic,
       r.language, r.name, r.email, r.phone, r.status,
       epoch_ms(r.at_ms) AT TIME ZONE 'UTC' AT TIME ZONE r.time_zone, r.assigned_to, r.attributes
FROM live_rows AS r
ASOF JOIN (FROM raw.files WHERE format = 'live' AND table_name = 'campaign_leads') AS f
  ON f.account = r.account AND f.file_id <= r.line
WHERE r.table_name = 'campaign_leads'
ORDER BY r.line;
