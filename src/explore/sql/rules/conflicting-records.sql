-- Lines of campaigns and of leads whose id a later line of the same file tells with other content, one row per line that
-- does not count.
-- Reads:  drops, files, staging.received_campaigns, staging.received_campaign_leads
SELECT d.table_name AS item, d.table_name AS label, d.account_id, NULL AS money_minor,
       CASE d.table_name WHEN 'campaign_leads' THEN 1 ELSE 0 END AS leads, d.file_id, d.line, f.name AS file,
       coalesce(l.lead_id, c.campaign_id) AS id, coalesce(l.campaign_id, c.campaign_id) AS campaign_id, l.lead_id, l.lead_status,
       l.added_at, c.project_name, c.daily_budget_minor, c.start_time, c.stop_time
FROM drops AS d
JOIN files AS f ON f.file_id = d.file_id
LEFT JOIN staging.received_campaigns AS c ON d.table_name = 'campaigns' AND c.file_id = d.file_id AND c.line = d.line
LEFT JOIN staging.received_campaign_leads AS l ON d.table_name = 'campaign_leads' AND l.file_id = d.file_id AND l.line = d.line
WHERE d.reason = 'conflicting_key' AND d.table_name IN ('campaigns', 'campaign_leads')
