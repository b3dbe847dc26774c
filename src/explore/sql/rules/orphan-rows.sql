-- Rows of leads and of their log that belong to nobody known, one row per row: leads of an unknown account, log rows of an
-- unknown lead (both left out until it is known), and leads whose campaign no table of campaigns has.
-- Reads:  drops, leads, campaigns, raw.campaign_leads, raw.lead_status_changes
SELECT CASE d.table_name WHEN 'campaign_leads' THEN 'lead' ELSE 'log' END AS item,
       CASE d.table_name WHEN 'campaign_leads' THEN 'lead' ELSE 'log' END AS label, d.account_id, NULL AS money_minor,
       CASE d.table_name WHEN 'campaign_leads' THEN 1 ELSE 0 END AS leads, d.file_id, d.line,
       coalesce(l.lead_id, g.lead_id) AS lead_id, l.campaign_id, g.status
FROM drops AS d
LEFT JOIN raw.campaign_leads AS l
       ON d.table_name = 'campaign_leads' AND l.file_id = d.file_id AND l.line = d.line
LEFT JOIN raw.lead_status_changes AS g
       ON d.table_name = 'lead_status_changes' AND g.file_id = d.file_id AND g.line = d.line
WHERE d.reason = 'unresolved' AND d.table_name IN ('campaign_leads', 'lead_status_changes')
UNION ALL
SELECT 'campaign', 'campaign', l.account_id, NULL, 1, l.file_id, l.line, l.lead_id, l.campaign_id, NULL
FROM leads AS l
LEFT JOIN campaigns AS c ON c.campaign_id = l.campaign_id AND c.account_id = l.account_id
WHERE l.campaign_id IS NOT NULL AND c.file_id IS NULL AND EXISTS (FROM campaigns WHERE file_id IS NOT NULL)
