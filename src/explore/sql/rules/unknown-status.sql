-- Leads without a row in the status log, by their current status, one row per lead.
-- Reads:  leads
SELECT coalesce(status, '') AS item, coalesce(status, '—') AS label, account_id, NULL AS money_minor, 1 AS leads,
       file_id, line, lead_id, campaign_id, status, stage, added_at
FROM leads WHERE NOT logged
