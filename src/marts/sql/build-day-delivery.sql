-- One row per basis, kind of account and day: what the delivery views hold, added up. Accounts of a kind know the same
-- things, so that a question which tells them apart by that alone has the same answer. Most days are alike on every
-- basis and are added up once for all of them.
-- Reads:  marts.account_kinds, marts.campaign_day, marts.delivery_raw, marts.delivery_deduplicated, marts.delivery_corrected
INSERT INTO marts.day_delivery
WITH days AS (
  SELECT *, rows = rows_raw
            AND rows IS NOT DISTINCT FROM rows_corrected
            AND spend_minor IS NOT DISTINCT FROM spend_minor_corrected
            AND spend_all_in_minor IS NOT DISTINCT FROM spend_all_in_minor_corrected
            AND impressions IS NOT DISTINCT FROM impressions_corrected
            AND clicks IS NOT DISTINCT FROM clicks_corrected
            AND reach IS NOT DISTINCT FROM reach_corrected
            AND spend_without_impressions IS NOT DISTINCT FROM spend_without_impressions_corrected
            AND spend_without_clicks IS NOT DISTINCT FROM spend_without_clicks_corrected
            AND spend_without_both IS NOT DISTINCT FROM spend_without_both_corrected
            AND impressions_without_spend IS NOT DISTINCT FROM impressions_without_spend_corrected
            AND impressions_without_clicks IS NOT DISTINCT FROM impressions_without_clicks_corrected
            AND clicks_without_spend IS NOT DISTINCT FROM clicks_without_spend_corrected
            AND clicks_without_impressions IS NOT DISTINCT FROM clicks_without_impressions_corrected AS alike
  FROM marts.campaign_day
),
alike AS (
  SELECT k.kind, d.day, sum(d.spend_minor) AS spend_minor, sum(d.spend_all_in_minor) AS spend_all_in_minor,
         sum(d.impressions) AS impressions, sum(d.clicks) AS clicks, sum(d.reach) AS reach,
         sum(d.spend_without_impressions) AS spend_without_impressions,
         sum(d.spend_without_clicks) AS spend_without_clicks, sum(d.spend_without_both) AS spend_without_both,
         sum(d.impressions_without_spend) AS impressions_without_spend,
         sum(d.impressions_without_clicks) AS impressions_without_clicks,
         sum(d.clicks_without_spend) AS clicks_without_spend,
         sum(d.clicks_without_impressions) AS clicks_without_impressions
  FROM days AS d JOIN marts.account_kinds AS k USING (account_key) WHERE d.alike GROUP BY k.kind, d.day
),
unlike AS MATERIALIZED (SELECT campaign_key, day FROM days WHERE NOT alike),
bases AS (
  SELECT b.basis, a.* FROM alike AS a, (VALUES ('raw'), ('deduplicated'), ('corrected')) AS b(basis)
  UNION ALL BY NAME
  SELECT 'raw' AS basis, k.kind, d.* EXCLUDE (campaign_key, account_key, project_key, known_at, rows)
  FROM marts.delivery_raw AS d SEMI JOIN unlike USING (campaign_key, day) JOIN marts.account_kinds AS k USING (account_key)
  UNION ALL BY NAME
  SELECT 'deduplicated' AS basis, k.kind, d.* EXCLUDE (campaign_key, account_key, project_key, known_at, rows)
  FROM marts.delivery_deduplicated AS d SEMI JOIN unlike USING (campaign_key, day) JOIN marts.account_kinds AS k USING (account_key)
  UNION ALL BY NAME
  SELECT 'corrected' AS basis, k.kind, d.* EXCLUDE (campaign_key, account_key, project_key, known_at, rows)
  FROM marts.delivery_corrected AS d SEMI JOIN unlike USING (campaign_key, day) JOIN marts.account_kinds AS k USING (account_key)
)
SELECT basis, kind, day, sum(spend_minor), sum(spend_all_in_minor), sum(impressions), sum(clicks), sum(reach),
       sum(spend_without_impressions), sum(spend_without_clicks), sum(spend_without_both),
       sum(impressions_without_spend), sum(impressions_without_clicks), sum(clicks_without_spend),
       sum(clicks_without_impressions)
FROM bases GROUP BY basis, kind, day ORDER BY basis, day;
