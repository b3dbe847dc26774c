-- Insights rows whose natural key (level, entity, day) occurs more than once. Keys are found by a 64-bit hash, so
-- that millions of rows stay small in memory; a collision only brings in a row that the next steps compare in full.
-- The account comes in here, where few rows are left: ad sets of two accounts are two, also under one id.
-- Reads:  staging.received_insights, campaign_owner
CREATE OR REPLACE TEMP TABLE insight_repeats AS
WITH repeated AS (
  SELECT hash(level, staging.entity(level, campaign_id, ad_set_id, ad_set_name, ad_id, ad_name), day) AS key_hash
  FROM staging.received_insights GROUP BY key_hash HAVING count(*) > 1
)
SELECT i.file_id, i.line, i.level, i.day, coalesce(o.owner, '') AS owner,
       staging.entity(i.level, i.campaign_id, i.ad_set_id, i.ad_set_name, i.ad_id, i.ad_name) AS entity
FROM staging.received_insights AS i LEFT JOIN campaign_owner AS o USING (campaign_id)
WHERE hash(i.level, staging.entity(i.level, i.campaign_id, i.ad_set_id, i.ad_set_name, i.ad_id, i.ad_name),
           i.day)
      IN (SELECT key_hash FROM repeated);
