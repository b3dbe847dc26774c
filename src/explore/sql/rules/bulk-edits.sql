-- Status changes entered in bulk, one row per log row: calendar minutes that hold at least $per_minute rows of the same
-- status, or as many changes of one account. Where a table is so large that usual minutes hold half as many, the bar lies
-- at four times what 19 of 20 of its minutes hold. First rows of new leads are not edits.
-- Reads:  log
-- Params: $per_minute
WITH changed AS (
  SELECT *, date_trunc('minute', changed_at) AS minute FROM log WHERE stage IS DISTINCT FROM 'new'
),
by_status AS (SELECT status, minute, count(*) AS n FROM changed GROUP BY status, minute),
status_bars AS (
  SELECT status,
         greatest($per_minute, CASE WHEN count(*) >= 1000 AND quantile_cont(n, 0.95) > $per_minute / 2
                                 THEN 4 * quantile_cont(n, 0.95) ELSE 0 END) AS bar
  FROM by_status GROUP BY status
),
by_account AS (SELECT account_id, minute, count(*) AS n FROM changed GROUP BY account_id, minute),
account_bar AS (
  SELECT greatest($per_minute, CASE WHEN count(*) >= 1000 AND quantile_cont(n, 0.95) > $per_minute / 2
                                 THEN 4 * quantile_cont(n, 0.95) ELSE 0 END) AS bar
  FROM by_account
),
full_minutes AS (SELECT s.status, s.minute, s.n FROM by_status AS s JOIN status_bars AS b USING (status) WHERE s.n >= b.bar),
full_accounts AS (SELECT a.* FROM by_account AS a, account_bar AS b WHERE a.n >= b.bar)
SELECT c.status AS item, c.status AS label, c.account_id, NULL AS money_minor,
       CASE WHEN row_number() OVER (PARTITION BY c.account_id, c.lead_id ORDER BY c.changed_at, c.line) = 1
            THEN 1 ELSE 0 END AS leads,
       c.file_id, c.line, c.lead_id, c.status, c.minute, c.changed_at, f.n AS same_status, a.n AS same_account
FROM changed AS c
LEFT JOIN full_minutes AS f ON f.status = c.status AND f.minute = c.minute
LEFT JOIN full_accounts AS a ON a.account_id = c.account_id AND a.minute = c.minute
WHERE f.n IS NOT NULL OR a.n IS NOT NULL
