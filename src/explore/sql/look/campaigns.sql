-- Campaigns as explored: one row per campaign that counts, with the project as its file writes it.
-- Reads:  staging.campaigns, raw.campaigns
SELECT s.account_id, s.campaign_id, s.campaign_name, r.project_name AS project_written, s.project_name,
       s.project_search, s.daily_budget_minor, s.currency, s.start_time, s.stop_time, s.attributes, s.file_id, s.line
FROM staging.campaigns AS s
LEFT JOIN raw.campaigns AS r ON r.file_id = s.file_id AND r.line = s.line
