-- The accounts of campaigns named.
-- Reads:  marts.campaigns, marts.accounts
-- Params: $campaigns
SELECT c.campaign_id AS campaign, a.account_id AS account
FROM marts.campaigns AS c JOIN marts.accounts AS a USING (account_key)
WHERE c.campaign_id IN (SELECT unnest($campaigns::VARCHAR[])) ORDER BY ALL;
