-- Campaigns without an insights row, one row per campaign; leads: those that name it all the same.
-- Reads:  campaigns, insights, leads
SELECT c.campaign_id AS item, c.campaign_id AS label, c.account_id, NULL::BIGINT AS money_minor, coalesce(l.leads, 0) AS leads,
       c.file_id, c.line, c.campaign_id, c.project_name, c.daily_budget_minor, c.start_time, c.stop_time, l.leads AS leads_named
FROM campaigns AS c
ANTI JOIN insights AS i ON i.account_id = c.account_id AND i.campaign_id = c.campaign_id
LEFT JOIN (SELECT account_id, campaign_id, count(*) AS leads FROM leads GROUP BY ALL) AS l
       ON l.account_id = c.account_id AND l.campaign_id = c.campaign_id
WHERE c.file_id IS NOT NULL
