-- Leads that arrived in months before statuses were logged and have no log row, one row per lead.
-- Reads:  leads
-- Params: $start, first day of the first logged month
SELECT strftime(day, '%Y-%m') AS item, strftime(day, '%Y-%m') AS label, account_id, NULL AS money_minor, 1 AS leads,
       file_id, line, lead_id, campaign_id, status, added_at
FROM leads
WHERE NOT logged AND day < $start::DATE
