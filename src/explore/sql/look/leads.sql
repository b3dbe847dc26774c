-- Leads as explored: one row per lead that counts, with its current status (the lead table's, else the last logged).
-- undecided: its stage is one in which a lead has not been judged yet; logged: it has a row in the status log.
-- Reads:  staging.campaign_leads, staging.campaigns, marts.lead_outcome
SELECT l.account_id, l.lead_id, l.campaign_id, c.project_name, l.ad_set_id, l.form_id, l.platform, l.name,
       l.name_search, l.email, l.email_valid, l.phone, l.phone_e164, l.phone_country, l.phone_valid, m.status,
       m.stage::VARCHAR AS stage, m.undecided, m.logged, m.first_touch_at, m.first_qualified_at, l.added_at,
       l.added_at::DATE AS day, l.assigned_to, l.attributes, l.copies, l.file_id, l.line
FROM staging.campaign_leads AS l
JOIN marts.lead_outcome AS m ON m.file_id = l.file_id AND m.line = l.line
LEFT JOIN staging.campaigns AS c ON c.campaign_id = l.campaign_id AND c.account_id = l.account_id
