-- One row per campaign, under the id it goes by, whose account is known before campaigns are made.
-- Reads:  campaign_accounts, staging.campaign_names, raw.campaigns
CREATE OR REPLACE TEMP TABLE campaign_owner AS
SELECT campaign_id, accounts[1] AS owner FROM campaign_accounts WHERE len(accounts) = 1
UNION ALL
SELECT DISTINCT unique_id, owner FROM staging.campaign_names WHERE owner IS NOT NULL
UNION ALL
SELECT DISTINCT campaign_id, 'main' FROM raw.campaigns ANTI JOIN campaign_accounts USING (campaign_id);
