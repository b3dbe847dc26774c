-- Insight rows that cost money and were shown to nobody, or were shown often and cost nothing; one row per row.
-- Reads:  insights
-- Params: $impressions (fewest that are no rounding of the spend)
SELECT campaign_id AS item, campaign_id AS label, account_id, spend_minor AS money_minor, NULL AS leads, file_id, line,
       campaign_id, entity AS ad_set, day, spend_minor, impressions, clicks, reach
FROM insights
WHERE (spend_minor > 0 AND impressions = 0) OR (spend_minor = 0 AND impressions >= $impressions)
