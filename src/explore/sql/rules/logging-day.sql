-- The day that best parts leads without a log from leads with one: before it most have none, from it on most have one.
-- Reads:  leads
WITH days AS (
  SELECT day, sum(CASE WHEN logged THEN -1 ELSE 1 END) AS gain FROM leads GROUP BY day
),
parted AS (
  SELECT day, coalesce(sum(gain) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS gained
  FROM days
)
SELECT day FROM parted ORDER BY gained DESC, day LIMIT 1
