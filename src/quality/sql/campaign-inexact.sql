-- Campaign lines whose budget has more decimals than the currency of the account.
-- Reads:  staging.named_campaigns, staging.amount_scales, staging.drops
INSERT INTO staging.drops
SELECT 'campaigns', n.file_id, n.line, 'inexact_amount'
FROM staging.named_campaigns AS n
JOIN staging.amount_scales AS s USING (file_id, campaign_id)
ANTI JOIN staging.drops AS d ON d.table_name = 'campaigns' AND d.file_id = n.file_id AND d.line = n.line
WHERE NOT s.rounds AND NOT staging.rescales(n.daily_budget_minor, s.typed, s.own) ORDER BY ALL;
