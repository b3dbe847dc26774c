-- Lead lines that belong to no known account.
-- Reads:  lead_accounts
INSERT INTO staging.drops
SELECT 'campaign_leads', file_id, line, 'unresolved' FROM lead_accounts WHERE account_id IS NULL ORDER BY ALL;
