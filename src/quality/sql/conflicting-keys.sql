-- Natural keys that occur more than once after exact duplicates and superseded rows are dropped; all rows count.
-- Reads:  staging.insights
SELECT count(*) AS keys
FROM (
  SELECT 1 FROM staging.insights
  GROUP BY level, coalesce(ad_id, ad_set_id, campaign_id), day
  HAVING count(*) > 1
)
