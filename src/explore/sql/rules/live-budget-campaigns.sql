-- Campaigns with a daily budget that have ended by a day, one row per campaign. money: the budget that is no longer live.
-- Reads:  campaigns
-- Params: $day
SELECT account_id AS item, account_id AS label, account_id, daily_budget_minor AS money_minor, NULL AS leads, file_id, line,
       campaign_id, project_name, daily_budget_minor, start_time, stop_time
FROM campaigns WHERE daily_budget_minor > 0 AND stop_time < $day::DATE + 1
