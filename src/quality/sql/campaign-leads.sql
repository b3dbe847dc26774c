-- One row per lead: the line that counts, cleaned; of some lines of some files at a time, as the planner believes that rows
-- which came in within this transaction are none, and may hold them in memory to look up one thing in another.
-- Settings 0 are always there; joining them from the left keeps it from thinking that few leads are left. The account of
-- a file is asked for as a single value, as that never holds the leads.
-- Params: $first_file, $last_file, $after_line, $until_line
-- Reads:  staging.received_campaign_leads, raw.files, lead_doubles, staging.campaigns, staging.drops, staging.phones,
--         staging.settings, staging.status_map
INSERT INTO staging.campaign_leads
WITH lines AS (
  SELECT r.*, (SELECT f.account FROM raw.files AS f WHERE f.file_id = r.file_id) AS file_account
  FROM staging.received_campaign_leads AS r
  WHERE r.file_id BETWEEN $first_file AND $last_file AND r.line > $after_line AND r.line <= $until_line
),
texts AS (
  SELECT l.*, staging.lead_account(c.account_id, l.account_id, l.file_account, l.campaign_name) AS account,
         staging.normalise(l.name) AS clean_name, staging.normalise(l.email) AS clean_email,
         staging.normalise(l.phone) AS phone_text
  FROM lines AS l
  LEFT JOIN staging.campaigns AS c USING (campaign_id)
  ANTI JOIN staging.drops AS d ON d.table_name = 'campaign_leads' AND d.file_id = l.file_id AND d.line = l.line
),
regioned AS (
  SELECT t.*, s.settings_id, s.region, staging.egyptian_mobile(t.phone_text, s.region) AS mobile
  FROM texts AS t
  LEFT JOIN staging.settings AS own ON own.account_id = t.account
  LEFT JOIN staging.settings AS s ON s.settings_id = coalesce(own.settings_id, 0)
),
phoned AS (
  SELECT t.*, coalesce(t.mobile, p.e164) AS e164,
         CASE WHEN t.mobile IS NOT NULL THEN 'EG' ELSE p.country END AS country,
         CASE WHEN t.mobile IS NOT NULL THEN true ELSE p.valid END AS phone_valid
  FROM regioned AS t
  LEFT JOIN staging.phones AS p ON p.phone = t.phone_text AND p.region = t.region
)
SELECT t.lead_id, t.account, t.campaign_id, t.ad_set_id, t.ad_id, t.form_id, t.form_name, t.platform, t.is_organic,
       t.language, t.clean_name, staging.fold(t.clean_name), t.clean_email,
       regexp_full_match(t.clean_email,
         '[A-Za-z0-9!#$%&''*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&''*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]')
         AND length(t.clean_email) <= 254,
       t.phone_text, t.e164, t.country, t.phone_valid,
       CASE WHEN t.e164 IS NULL THEN staging.phone_digits(t.phone_text) ELSE t.e164[2:] END,
       t.lead_status, m.stage, t.added_at, t.assigned_to, t.attributes, coalesce(r.copies, 1), t.file_id, t.line
FROM phoned AS t
LEFT JOIN lead_doubles AS r USING (lead_id)
LEFT JOIN staging.status_map AS m ON m.settings_id = t.settings_id AND m.status = t.lead_status;
