-- One row per lead: the line that counts, cleaned.
-- Reads:  raw.campaign_leads, lead_accounts, staging.drops, staging.phones, staging.status_map
INSERT INTO staging.campaign_leads
WITH counted AS (
  SELECT a.file_id, a.line, a.account_id, a.settings_id, a.phone, a.region
  FROM lead_accounts AS a
  ANTI JOIN staging.drops AS d ON d.table_name = 'campaign_leads' AND d.file_id = a.file_id AND d.line = a.line
),
repeated AS (
  SELECT lead_id, count(*) AS copies FROM lead_accounts GROUP BY lead_id HAVING count(*) > 1
),
texts AS (
  SELECT l.*, k.account_id AS account, k.settings_id, k.phone AS phone_text, k.region,
         staging.normalise(l.name) AS clean_name, staging.normalise(l.email) AS clean_email
  FROM raw.campaign_leads AS l JOIN counted AS k ON k.file_id = l.file_id AND k.line = l.line
)
SELECT t.lead_id, t.account, t.campaign_id, t.ad_set_id, t.ad_id, t.form_id, t.form_name, t.platform, t.is_organic,
       t.language, t.clean_name, staging.fold(t.clean_name), t.clean_email,
       regexp_full_match(t.clean_email,
         '[A-Za-z0-9!#$%&''*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&''*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]')
         AND length(t.clean_email) <= 254,
       t.phone_text, p.e164, p.country, p.valid,
       CASE WHEN p.e164 IS NULL THEN staging.phone_digits(t.phone_text) ELSE p.e164[2:] END, t.lead_status, m.stage, t.added_at, t.assigned_to, t.attributes,
       coalesce(r.copies, 1), t.file_id, t.line
FROM texts AS t
LEFT JOIN repeated AS r USING (lead_id)
LEFT JOIN staging.phones AS p ON p.phone = t.phone_text AND p.region = t.region
LEFT JOIN staging.status_map AS m ON m.settings_id = t.settings_id AND m.status = t.lead_status
ORDER BY t.file_id, t.line;
