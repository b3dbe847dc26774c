-- Insight rows with a measure below zero, one row per row; money: what the row takes off the total.
-- Reads:  insights
SELECT campaign_id AS item, campaign_id AS label, account_id, -least(spend_minor, 0) AS money_minor, NULL AS leads,
       file_id, line, campaign_id, entity AS ad_set, day, spend_minor, impressions, clicks, reach
FROM insights
WHERE spend_minor < 0 OR impressions < 0 OR clicks < 0 OR reach < 0
