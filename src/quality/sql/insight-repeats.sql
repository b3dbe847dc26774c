-- Insights rows whose natural key (level, entity, day) occurs more than once. Keys are found by a 64-bit hash, so
-- that millions of rows stay small in memory; a collision only brings in a row that the next steps compare in full.
-- Reads:  raw.insights
CREATE OR REPLACE TEMP TABLE insight_repeats AS
WITH repeated AS (
  SELECT hash(level, staging.entity(level, campaign_id, ad_set_id, ad_set_name, ad_id, ad_name), day) AS key_hash
  FROM raw.insights GROUP BY key_hash HAVING count(*) > 1
)
SELECT file_id, line, level, day,
       staging.entity(level, campaign_id, ad_set_id, ad_set_name, ad_id, ad_name) AS entity
FROM raw.insights
WHERE hash(level, staging.entity(level, campaign_id, ad_set_id, ad_set_name, ad_id, ad_name), day)
      IN (SELECT key_hash FROM repeated);
