-- One row per account, status without a stage, and table it stands in.
-- Reads:  staging.campaign_leads, staging.lead_status_changes
INSERT INTO staging.unmapped_statuses
SELECT account_id, lead_status, 'campaign_leads' AS source, count(*) FROM staging.campaign_leads
WHERE stage IS NULL AND lead_status IS NOT NULL GROUP BY ALL
UNION ALL
SELECT account_id, status, 'lead_status_changes', count(*) FROM staging.lead_status_changes
WHERE stage IS NULL GROUP BY ALL
ORDER BY ALL;
