-- One row per lead with its keys.
-- Reads:  staging.campaign_leads, marts.accounts, campaign_keys
CREATE OR REPLACE TEMP TABLE lead_keys AS
SELECT row_number() OVER (ORDER BY l.added_at, l.lead_id)::INTEGER AS lead_key, l.lead_id, l.added_at,
       a.account_key, a.horizon_days, k.campaign_key, k.project_key
FROM staging.campaign_leads AS l
JOIN marts.accounts AS a USING (account_id)
LEFT JOIN campaign_keys AS k ON k.campaign_id = l.campaign_id;
