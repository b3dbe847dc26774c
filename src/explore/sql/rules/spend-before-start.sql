-- Insight rows with spend on a day before their campaign's start, one row per row.
-- Reads:  insights, campaigns
SELECT i.campaign_id AS item, i.campaign_id AS label, i.account_id, i.spend_minor AS money_minor, NULL AS leads, i.file_id,
       i.line, i.campaign_id, i.entity AS ad_set, i.day, c.start_time, c.start_time::DATE - i.day AS days_early, i.spend_minor
FROM insights AS i
JOIN campaigns AS c ON c.account_id = i.account_id AND c.campaign_id = i.campaign_id
WHERE i.spend_minor > 0 AND i.day < c.start_time::DATE
