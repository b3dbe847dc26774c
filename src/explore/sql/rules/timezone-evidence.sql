-- Leads on another clock than their campaign or their log, one row per lead. evidence "log": all leads of an account whose
-- logs begin the same quarters of an hour after the arrival, in nine of ten leads to the minute. evidence "start": leads
-- of other accounts that arrived before their campaign started, by at most a day's clock, if there are $fewest of them,
-- $share of all leads, and (nearly) none is earlier than two time zones can lie apart.
-- Reads:  leads, campaigns, lead_logs
-- Params: $share, $fewest, $largest (hours)
WITH waits AS (
  SELECT l.account_id, date_diff('second', l.added_at, g.first_at) / 60 AS minutes
  FROM leads AS l JOIN lead_logs AS g ON g.account_id = l.account_id AND g.lead_id = l.lead_id
),
usual AS (SELECT account_id, round(median(minutes)) AS minutes, count(*) AS n FROM waits GROUP BY account_id),
offsets AS (
  SELECT account_id, u.minutes / 60 AS hours
  FROM usual AS u JOIN waits AS w USING (account_id)
  WHERE u.n >= $fewest AND u.minutes BETWEEN 30 AND 60 * $largest AND u.minutes % 15 = 0
  GROUP BY account_id, u.minutes HAVING avg((abs(w.minutes - u.minutes) <= 1)::INT) >= 0.9
),
early AS (
  SELECT l.account_id, l.file_id, l.line, l.lead_id, l.campaign_id, l.added_at, c.start_time,
         round(date_diff('second', l.added_at, c.start_time) / 3600, 2) AS hours_early
  FROM leads AS l
  JOIN campaigns AS c ON c.account_id = l.account_id AND c.campaign_id = l.campaign_id
  ANTI JOIN offsets AS o ON o.account_id = l.account_id
  WHERE l.added_at < c.start_time AND l.added_at >= c.start_time - INTERVAL 24 HOUR
)
SELECT account_id AS item, account_id AS label, account_id, NULL::BIGINT AS money_minor, 1 AS leads, file_id, line, lead_id,
       campaign_id, added_at, start_time, hours_early, 'start' AS evidence
FROM early
WHERE (SELECT count(*) >= greatest($fewest, $share * (SELECT count(*) FROM leads))
              AND quantile_cont(hours_early, 0.98) <= $largest FROM early)
UNION ALL
SELECT l.account_id, l.account_id, l.account_id, NULL, 1, l.file_id, l.line, l.lead_id, l.campaign_id, l.added_at,
       c.start_time, o.hours, 'log'
FROM leads AS l
JOIN offsets AS o ON o.account_id = l.account_id
LEFT JOIN campaigns AS c ON c.account_id = l.account_id AND c.campaign_id = l.campaign_id
