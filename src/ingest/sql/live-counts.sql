-- How many rows the files of rows that came in by themselves hold by now.
-- Reads:  raw.campaign_leads, raw.lead_status_changes
UPDATE raw.files AS f
SET rows_read = CASE f.table_name
      WHEN 'campaign_leads' THEN (SELECT count(*) FROM raw.campaign_leads AS l WHERE l.file_id = f.file_id)
      ELSE (SELECT count(*) FROM raw.lead_status_changes AS s WHERE s.file_id = f.file_id) END
WHERE f.format = 'live';
UPDATE raw.files SET rows_accepted = rows_read WHERE format = 'live';
