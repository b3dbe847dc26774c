-- One row per lead with its keys and what the outcome takes from staging, in the order of arrival: sorted once here,
-- as every later step keeps that order.
-- Reads:  staging.campaign_leads, marts.accounts, campaign_keys
CREATE OR REPLACE TEMP TABLE lead_keys AS
SELECT row_number() OVER (ORDER BY l.added_at, l.lead_id)::INTEGER AS lead_key, l.lead_id, l.added_at,
       a.account_key, k.campaign_key, k.project_key, l.lead_status, l.stage::marts.stage AS stage, l.copies,
       l.assigned_to, l.file_id, l.line
FROM staging.campaign_leads AS l
JOIN marts.accounts AS a USING (account_id)
LEFT JOIN campaign_keys AS k ON k.campaign_id = l.campaign_id;
