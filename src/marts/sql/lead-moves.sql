-- One row per step, stage and next stage: leads whose n-th stage by the log that was, and where they went; next NULL:
-- nowhere yet. Entries of the same stage in a row are one. Step 0 is the arrival of leads that have a log.
-- Reads:  marts.leads_corrected, marts.log_corrected
-- Params: $from, $to (dates, inclusive), $as_of (date or NULL), $steps
WITH chosen AS (
  SELECT l.lead_key FROM marts.leads_corrected AS l
  WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE AND l.logged /*narrow l*/
),
entries AS (
  SELECT lead_key, 0 AS step, 'arrival' AS stage FROM chosen
  UNION ALL
  SELECT g.lead_key, g.step, coalesce(g.stage::VARCHAR, 'unmapped') FROM marts.log_corrected AS g
  SEMI JOIN chosen AS k USING (lead_key)
  WHERE $as_of::DATE IS NULL OR g.changed_at < $as_of::DATE + INTERVAL 1 DAY
),
moves AS (
  SELECT * FROM entries QUALIFY stage IS DISTINCT FROM lag(stage) OVER (PARTITION BY lead_key ORDER BY step)
),
steps AS (
  SELECT row_number() OVER own - 1 AS step, stage, lead(stage) OVER own AS next
  FROM moves WINDOW own AS (PARTITION BY lead_key ORDER BY step)
)
SELECT step, stage, next, count(*) AS leads FROM steps WHERE step <= $steps::BIGINT GROUP BY ALL ORDER BY ALL;
