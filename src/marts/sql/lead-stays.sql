-- One row per stage: how long leads of the selection stood there, by the log. A stay begins with the entry of a stage
-- (the first one, of new leads, with their arrival) and ends with the next entry of another stage.
-- Reads:  marts.leads_corrected, marts.log_corrected
-- Params: $from, $to (dates, inclusive), $as_of (date or NULL), $bulk_rows, $with_bulk
WITH log AS (
  SELECT *, date_trunc('minute', changed_at) AS minute FROM marts.log_corrected AS g
  WHERE $as_of::DATE IS NULL OR g.changed_at < $as_of::DATE + INTERVAL 1 DAY
),
bulk AS (
  SELECT account_key, status, minute FROM log WHERE stage IS DISTINCT FROM 'new'
  GROUP BY ALL HAVING count(*) >= $bulk_rows::BIGINT
),
entries AS (
  SELECT l.lead_key, 0 AS step, 'new'::marts.stage AS stage, l.arrival_at AS entered_at, false AS bulk
  FROM marts.leads_corrected AS l
  WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE AND l.logged /*narrow l*/
  UNION ALL
  SELECT g.lead_key, g.step, g.stage, g.changed_at, b.minute IS NOT NULL
  FROM log AS g
  SEMI JOIN (SELECT l.lead_key FROM marts.leads_corrected AS l
             WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow l*/) AS k USING (lead_key)
  LEFT JOIN bulk AS b ON b.account_key = g.account_key AND b.status = g.status AND b.minute = g.minute
),
moves AS (
  SELECT * FROM entries
  QUALIFY step = 0 OR stage IS DISTINCT FROM lag(stage) OVER (PARTITION BY lead_key ORDER BY step)
),
stays AS (
  SELECT coalesce(stage::VARCHAR, 'unmapped') AS stage, entered_at, bulk, lead(entered_at) OVER next AS ends_at,
         lead(bulk) OVER next AS ends_in_bulk
  FROM moves WINDOW next AS (PARTITION BY lead_key ORDER BY step)
),
timed AS (
  SELECT stage, ends_at IS NULL AS still, bulk OR coalesce(ends_in_bulk, false) AS bulk,
         greatest(0, epoch_ms(ends_at) - epoch_ms(entered_at)) / 60000.0 AS minutes
  FROM stays
)
SELECT stage, count(*) FILTER (WHERE counts) AS n, quantile_cont(minutes, 0.25) FILTER (WHERE counts) AS q1,
       quantile_cont(minutes, 0.5) FILTER (WHERE counts) AS median,
       quantile_cont(minutes, 0.75) FILTER (WHERE counts) AS q3,
       count(*) FILTER (WHERE still) AS still, count(*) FILTER (WHERE bulk AND NOT still) AS bulk
FROM (SELECT *, NOT still AND ($with_bulk::BOOLEAN OR NOT bulk) AS counts FROM timed)
GROUP BY stage;
