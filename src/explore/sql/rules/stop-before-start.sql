-- Campaigns that stop before they start, one row per campaign. money: what they spent.
-- Reads:  campaigns, insights
SELECT c.campaign_id AS item, c.campaign_id AS label, c.account_id, s.spend_minor AS money_minor, NULL AS leads, c.file_id,
       c.line, c.campaign_id, c.project_name, c.start_time, c.stop_time
FROM campaigns AS c
LEFT JOIN (SELECT account_id, campaign_id, sum(spend_minor)::BIGINT AS spend_minor FROM insights GROUP BY ALL) AS s
       ON s.account_id = c.account_id AND s.campaign_id = c.campaign_id
WHERE c.stop_time < c.start_time
