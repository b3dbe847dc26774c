-- One row: in which order sales first touch leads. back: the next lead touched in an account arrived before the one
-- touched before it (newest first); batch: three or more of the account are first touched in one minute.
-- Reads:  leads
WITH touched AS (
  SELECT account_id, lead_id, added_at, first_touch_at,
         lag(added_at) OVER turns AS added_before, lag(first_touch_at) OVER turns AS touched_before,
         count(*) OVER (PARTITION BY account_id, date_trunc('minute', first_touch_at)) AS in_minute
  FROM leads WHERE first_touch_at >= added_at
  WINDOW turns AS (PARTITION BY account_id ORDER BY first_touch_at, added_at, lead_id)
)
SELECT count(*) AS touched, count(*) FILTER (in_minute >= 3) AS in_batch,
       count(*) FILTER (in_minute < 3 AND added_before IS NOT NULL AND touched_before < first_touch_at) AS turns,
       count(*) FILTER (in_minute < 3 AND touched_before < first_touch_at AND added_at < added_before) AS back
FROM touched
