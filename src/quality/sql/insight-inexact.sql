-- Insights rows that count so far, whose spend has more decimals than the currency of the account.
-- Reads:  staging.named_insights, staging.amount_scales, staging.drops
INSERT INTO staging.drops
SELECT 'insights', n.file_id, n.line, 'inexact_amount'
FROM staging.named_insights AS n
JOIN staging.amount_scales AS s USING (file_id, campaign_id)
ANTI JOIN staging.drops AS d ON d.table_name = 'insights' AND d.file_id = n.file_id AND d.line = n.line
WHERE NOT s.rounds AND NOT staging.rescales(n.spend_minor, s.typed, s.own) ORDER BY ALL;
