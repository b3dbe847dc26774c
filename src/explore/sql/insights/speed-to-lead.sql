-- Touched leads by how long they waited for the first touch, and how many were ever logged as qualified.
-- Reads:  leads
WITH waited AS (
  SELECT date_diff('second', added_at, first_touch_at) / 3600.0 AS hours, first_qualified_at IS NOT NULL AS qualified
  FROM leads WHERE logged AND first_touch_at >= added_at
)
SELECT CASE WHEN hours <= 1 THEN 0 WHEN hours <= 24 THEN 1 WHEN hours <= 72 THEN 2 ELSE 3 END AS bucket,
       count(*) AS leads, count(*) FILTER (qualified) AS qualified,
       (SELECT median(hours) FROM waited) AS median_hours
FROM waited GROUP BY 1 ORDER BY 1
