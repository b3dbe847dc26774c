-- Leads as explored: one row per lead that counts. logged: has a row in the status log.
-- Reads:  staging.campaign_leads, staging.campaigns
SELECT l.account_id, l.lead_id, l.campaign_id, c.project_name, l.ad_set_id, l.form_id, l.platform, l.name, l.name_search, l.email,
       l.email_valid, l.phone, l.phone_e164, l.phone_country, l.phone_valid, l.lead_status AS status, l.stage, l.added_at,
       l.added_at::DATE AS day, l.assigned_to, l.attributes, l.copies, l.file_id, l.line
FROM staging.campaign_leads AS l
LEFT JOIN staging.campaigns AS c ON c.campaign_id = l.campaign_id
