-- One row per basis, kind of account and day: what the delivery views hold, added up. Accounts of a kind know the same
-- things, so that a question which tells them apart by that alone has the same answer.
-- Reads:  marts.accounts, marts.delivery_raw, marts.delivery_deduplicated, marts.delivery_corrected
INSERT INTO marts.day_delivery
WITH kinds AS (
  SELECT account_key, min(account_key) OVER (
    PARTITION BY spend_since IS NULL, impressions_since IS NULL, clicks_since IS NULL, reach_since IS NULL,
                 leads_since IS NULL, logged_since IS NULL, staged, revenue_since IS NULL) AS kind
  FROM marts.accounts
),
bases AS (
  SELECT 'raw' AS basis, * FROM marts.delivery_raw
  UNION ALL SELECT 'deduplicated', * FROM marts.delivery_deduplicated
  UNION ALL SELECT 'corrected', * FROM marts.delivery_corrected
)
SELECT b.basis, k.kind, b.day, sum(b.spend_minor), sum(b.spend_all_in_minor), sum(b.impressions), sum(b.clicks),
       sum(b.reach), sum(b.spend_without_impressions), sum(b.spend_without_clicks), sum(b.spend_without_both),
       sum(b.impressions_without_spend), sum(b.impressions_without_clicks), sum(b.clicks_without_spend),
       sum(b.clicks_without_impressions)
FROM bases AS b JOIN kinds AS k USING (account_key)
GROUP BY b.basis, k.kind, b.day ORDER BY b.basis, b.day;
