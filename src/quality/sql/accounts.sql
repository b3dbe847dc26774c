-- One row per account that a campaign or a lead belongs to.
-- Reads:  staging.campaigns, staging.campaign_leads, staging.settings
INSERT INTO staging.accounts
WITH ids AS (SELECT account_id FROM staging.campaigns UNION SELECT account_id FROM staging.campaign_leads)
SELECT account_id, coalesce(s.settings_id, 0)
FROM ids LEFT JOIN staging.settings AS s USING (account_id) ORDER BY account_id;
