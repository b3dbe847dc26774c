-- Leads without a log row that arrived in months of which far fewer are logged than of others, one row per lead.
-- Reads:  leads
-- Params: $months (each YYYY-MM)
SELECT strftime(day, '%Y-%m') AS item, strftime(day, '%Y-%m') AS label, account_id, NULL AS money_minor, 1 AS leads,
       file_id, line, lead_id, campaign_id, status, added_at
FROM leads
WHERE NOT logged AND list_contains($months::VARCHAR[], strftime(day, '%Y-%m'))
