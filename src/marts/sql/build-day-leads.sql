-- One row per basis, kind of account, day of arrival and state: what the views of leads hold, added up.
-- Reads:  marts.accounts, marts.leads_raw, marts.leads_deduplicated, marts.leads_corrected
INSERT INTO marts.day_leads
WITH kinds AS (
  SELECT account_key, min(account_key) OVER (
    PARTITION BY spend_since IS NULL, impressions_since IS NULL, clicks_since IS NULL, reach_since IS NULL,
                 leads_since IS NULL, logged_since IS NULL, staged, revenue_since IS NULL) AS kind
  FROM marts.accounts
),
bases AS (
  SELECT 'raw' AS basis, * FROM marts.leads_raw
  UNION ALL SELECT 'deduplicated', * FROM marts.leads_deduplicated
  UNION ALL SELECT 'corrected', * FROM marts.leads_corrected
)
SELECT b.basis, k.kind, b.arrival_day, b.stage, b.undecided, b.logged, b.qualified_within_horizon,
       max(b.first_qualified_at), sum(b.weight), sum(b.revenue_minor)
FROM bases AS b JOIN kinds AS k USING (account_key)
GROUP BY b.basis, k.kind, b.arrival_day, b.stage, b.undecided, b.logged, b.qualified_within_horizon,
         b.first_qualified_at IS NULL
ORDER BY b.basis, b.arrival_day;
