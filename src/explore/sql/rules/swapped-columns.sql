-- Insight rows of campaigns whose impressions stand in another column, one row per row. money: their spend.
-- Reads:  insights
-- Params: $exchanged (account and campaign, joined by a unit separator)
SELECT campaign_id AS item, campaign_id AS label, account_id, spend_minor AS money_minor, NULL AS leads, file_id, line,
       campaign_id, entity AS ad_set, day, spend_minor, impressions, clicks, reach
FROM insights
WHERE list_contains($exchanged::VARCHAR[], account_id || chr(31) || campaign_id)
