-- Insights rows whose campaign belongs to no known account.
-- Reads:  staging.insights, staging.campaigns
INSERT INTO staging.drops
SELECT 'insights', file_id, line, 'unresolved'
FROM staging.insights ANTI JOIN staging.campaigns USING (campaign_id) ORDER BY ALL;
