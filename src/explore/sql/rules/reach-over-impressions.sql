-- Insight rows with more people reached than impressions, one row per row, outside campaigns whose columns are exchanged as a
-- whole. money: the spend of those rows.
-- Reads:  insights
-- Params: $exchanged (account and campaign, joined by a unit separator)
SELECT campaign_id AS item, campaign_id AS label, account_id, spend_minor AS money_minor, NULL AS leads, file_id, line,
       campaign_id, entity AS ad_set, day, spend_minor, impressions, clicks, reach
FROM insights
WHERE reach > impressions AND NOT list_contains($exchanged::VARCHAR[], account_id || chr(31) || campaign_id)
