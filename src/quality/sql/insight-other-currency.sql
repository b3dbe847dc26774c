-- Insights rows of a file in another currency than their campaign's.
-- Reads:  staging.insights, staging.campaigns, staging.settings, raw.files
INSERT INTO staging.drops
SELECT 'insights', i.file_id, i.line, 'other_currency'
FROM staging.insights AS i
JOIN staging.campaigns AS c USING (campaign_id)
JOIN raw.files AS f ON f.file_id = i.file_id
LEFT JOIN staging.settings AS own ON own.account_id = c.account_id
JOIN staging.settings AS s ON s.settings_id = coalesce(own.settings_id, 0)
WHERE coalesce(f.currency, s.currency) <> c.currency ORDER BY ALL;
