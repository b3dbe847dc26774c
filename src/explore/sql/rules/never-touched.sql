-- Leads whose log holds nothing but their arrival, one row per lead.
-- Reads:  lead_logs
SELECT account_id AS item, account_id AS label, account_id, NULL AS money_minor, 1 AS leads, file_id, line, lead_id,
       last_status AS status, first_at AS logged_at
FROM lead_logs WHERE touched_at IS NULL
