-- Raw rows that do not count, with the reason; the account where it is known.
-- Reads:  staging.drops, raw.files, staging.received_insights, staging.received_lead_status_changes,
--         staging.received_campaign_leads, staging.campaigns, staging.campaign_leads
SELECT coalesce(ci.account_id, cl.account_id, lg.account_id, f.account) AS account_id,
       d.table_name, d.file_id, d.line, d.reason
FROM staging.drops AS d
JOIN raw.files AS f ON f.file_id = d.file_id
LEFT JOIN staging.received_insights AS ri ON d.table_name = 'insights' AND ri.file_id = d.file_id AND ri.line = d.line
LEFT JOIN staging.campaigns AS ci ON ci.campaign_id = ri.campaign_id
LEFT JOIN staging.received_campaign_leads AS rl
       ON d.table_name = 'campaign_leads' AND rl.file_id = d.file_id AND rl.line = d.line
LEFT JOIN staging.campaigns AS cl ON cl.campaign_id = rl.campaign_id
LEFT JOIN staging.received_lead_status_changes AS rs
       ON d.table_name = 'lead_status_changes' AND rs.file_id = d.file_id AND rs.line = d.line
LEFT JOIN staging.campaign_leads AS lg ON lg.lead_id = rs.lead_id
