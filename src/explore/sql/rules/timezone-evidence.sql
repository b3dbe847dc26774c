-- Leads that arrived before their campaign started, by at most a day's clock; one row per lead.
-- Reads:  leads, campaigns
SELECT l.account_id AS item, l.account_id AS label, l.account_id, NULL::BIGINT AS money_minor, 1 AS leads, l.file_id, l.line, l.lead_id,
       l.campaign_id, l.added_at, c.start_time, round(date_diff('second', l.added_at, c.start_time) / 3600, 2) AS hours_early
FROM leads AS l
JOIN campaigns AS c ON c.account_id = l.account_id AND c.campaign_id = l.campaign_id
WHERE l.added_at < c.start_time AND l.added_at >= c.start_time - INTERVAL 24 HOUR
