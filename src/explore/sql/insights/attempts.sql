-- One row: leads that stand as not reached, by how often anybody tried according to the log.
-- Reads:  leads, log
WITH tries AS (
  SELECT account_id, lead_id, count(*) AS attempts FROM log WHERE stage = 'attempting' GROUP BY ALL
)
SELECT count(*) AS leads, count(*) FILTER (t.attempts = 1) AS once, avg(t.attempts) AS mean_attempts
FROM leads AS l JOIN tries AS t USING (account_id, lead_id) WHERE l.stage = 'attempting'
