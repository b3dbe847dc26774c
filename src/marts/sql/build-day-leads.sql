-- One row per basis, kind of account, day of arrival and state: what the views of leads hold, added up. Leads with one
-- line that no treatment leaves out are alike on every basis, and are added up once for all of them.
-- Reads:  marts.account_kinds, marts.lead_outcome, marts.leads_raw, marts.leads_deduplicated, marts.leads_corrected,
--         marts.lead_retold
INSERT INTO marts.day_leads
WITH alike AS (
  SELECT k.kind, l.arrival_day, l.stage, l.undecided, l.logged, l.qualified_within_horizon,
         max(l.first_qualified_at) AS first_qualified_at, count(*) AS weight, sum(l.revenue_minor) AS revenue_minor
  FROM marts.lead_outcome AS l JOIN marts.account_kinds AS k USING (account_key)
  WHERE l.copies = 1 AND l.corrected
  GROUP BY k.kind, l.arrival_day, l.stage, l.undecided, l.logged, l.qualified_within_horizon,
           l.first_qualified_at IS NULL
),
unlike AS (
  SELECT 'raw' AS basis, * FROM marts.leads_raw WHERE copies <> 1 OR NOT corrected
  UNION ALL
  SELECT 'deduplicated', * FROM marts.leads_deduplicated WHERE copies <> 1 OR NOT corrected
  UNION ALL
  SELECT 'corrected', * FROM marts.leads_corrected WHERE copies <> 1
  UNION ALL
  SELECT 'corrected', *, 1 FROM marts.lead_retold WHERE copies = 1
),
bases AS (
  SELECT b.basis, a.* FROM alike AS a, (VALUES ('raw'), ('deduplicated'), ('corrected')) AS b(basis)
  UNION ALL
  SELECT u.basis, k.kind, u.arrival_day, u.stage, u.undecided, u.logged, u.qualified_within_horizon,
         u.first_qualified_at, u.weight, u.revenue_minor
  FROM unlike AS u JOIN marts.account_kinds AS k USING (account_key)
)
SELECT basis, kind, arrival_day, stage, undecided, logged, qualified_within_horizon, max(first_qualified_at),
       sum(weight), sum(revenue_minor)
FROM bases
GROUP BY basis, kind, arrival_day, stage, undecided, logged, qualified_within_horizon, first_qualified_at IS NULL
ORDER BY basis, arrival_day;
