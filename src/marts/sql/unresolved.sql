-- One row: rows that count nowhere yet, because they belong to no known account.
-- Reads:  staging.drops
SELECT count(*) FILTER (WHERE table_name = 'insights') AS insights,
       count(*) FILTER (WHERE table_name = 'campaign_leads') AS leads,
       count(*) FILTER (WHERE table_name = 'lead_status_changes') AS status_changes
FROM staging.drops WHERE reason = 'unresolved';
