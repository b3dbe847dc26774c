-- One row per status that leads or the status log carry: the rows that carry it, and how many of them no stage covers.
-- Reads:  staging.campaign_leads, staging.lead_status_changes
-- Params: $accounts (null = all)
WITH carried AS (
  SELECT account_id, lead_status AS status, stage FROM staging.campaign_leads WHERE lead_status IS NOT NULL
  UNION ALL
  SELECT account_id, status, stage FROM staging.lead_status_changes
)
SELECT status, count(*) AS rows, count(*) FILTER (stage IS NULL) AS left_out FROM carried
WHERE $accounts IS NULL OR list_contains($accounts, account_id)
GROUP BY status ORDER BY rows DESC, status;
