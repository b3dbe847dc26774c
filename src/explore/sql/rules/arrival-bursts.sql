-- Leads of one account that arrived within sixty seconds of many others, one row per lead: written by an import or a
-- machine, not by people. No usual rate explains them: by a Poisson bound with eight times the minute's share of a busy
-- day of the account, or four times that of the rest of the same day, over all leads. Where most leads carry midnight, no
-- time of day was written at all.
-- Reads:  leads
-- Params: $per_minute, $chance
WITH timed AS (
  SELECT account_id, lead_id, campaign_id, added_at, day, file_id, line FROM leads
  WHERE added_at <> date_trunc('day', added_at)
     OR (SELECT avg((added_at = date_trunc('day', added_at))::INTEGER) FROM leads) < 0.5
),
minutes AS (
  SELECT account_id, date_trunc('minute', added_at) AS moment, count(*) AS n FROM timed GROUP BY account_id, moment
),
-- Of two minutes with enough leads one has half of them: few have, and only those and their neighbours are looked at.
near AS (
  SELECT account_id, unnest([moment - INTERVAL 1 MINUTE, moment, moment + INTERVAL 1 MINUTE]) AS moment
  FROM minutes WHERE 2 * n >= $per_minute
),
-- A minute that may hold a part of a burst: with the one before or after it there are enough.
crowded AS (
  SELECT account_id, moment FROM (
    SELECT *, sum(n) OVER (life RANGE BETWEEN CURRENT ROW AND INTERVAL 1 MINUTE FOLLOWING) AS ahead,
           sum(n) OVER (life RANGE BETWEEN INTERVAL 1 MINUTE PRECEDING AND CURRENT ROW) AS behind
    FROM minutes SEMI JOIN near USING (account_id, moment) WINDOW life AS (PARTITION BY account_id ORDER BY moment)
  )
  WHERE greatest(ahead, behind) >= $per_minute
),
ahead AS (
  SELECT t.*, count(*) OVER (PARTITION BY t.account_id ORDER BY t.added_at
                             RANGE BETWEEN CURRENT ROW AND INTERVAL 59 SECONDS FOLLOWING) AS ahead
  FROM timed AS t JOIN crowded AS c ON c.account_id = t.account_id AND c.moment = date_trunc('minute', t.added_at)
),
covered AS (
  SELECT * FROM (
    SELECT *, max(CASE WHEN ahead >= $per_minute THEN added_at END) OVER (PARTITION BY account_id ORDER BY added_at
                                                                          RANGE UNBOUNDED PRECEDING) AS begun
    FROM ahead
  )
  WHERE added_at <= begun + INTERVAL 59 SECONDS
),
started AS (
  SELECT *, coalesce(added_at > lag(added_at) OVER life + INTERVAL 1 MINUTE, true) AS starts
  FROM covered WINDOW life AS (PARTITION BY account_id ORDER BY added_at, file_id, line)
),
bursts AS (
  SELECT *, sum(starts::INT) OVER (PARTITION BY account_id ORDER BY added_at, file_id, line) AS burst FROM started
),
days AS (SELECT account_id, day, count(*) AS n FROM timed GROUP BY ALL),
busy AS (SELECT account_id, quantile_disc(n, 0.9) AS n FROM days GROUP BY account_id),
judged AS (
  SELECT b.account_id, b.burst, min(b.added_at) AS moment, max(b.ahead) AS most, count(*) AS leads,
         greatest(8 * any_value(u.n), 4 * (any_value(d.n) - count(*)), 1) / 1440 AS usual
  FROM bursts AS b
  JOIN busy AS u ON u.account_id = b.account_id
  JOIN days AS d ON d.account_id = b.account_id AND d.day = b.day
  GROUP BY b.account_id, b.burst
)
SELECT b.account_id || ' ' || strftime(j.moment, '%Y-%m-%d %H:%M:%S') AS item,
       strftime(j.moment, '%Y-%m-%d %H:%M:%S') AS label, b.account_id, NULL AS money_minor, 1 AS leads, b.file_id, b.line,
       b.lead_id, b.campaign_id, b.added_at, j.leads AS in_burst, j.most AS within_a_minute
FROM bursts AS b
JOIN judged AS j ON j.account_id = b.account_id AND j.burst = b.burst
WHERE j.most > j.usual
  AND j.most * (1 + ln(j.usual / j.most)) - j.usual + ln((SELECT count(*) FROM timed)) < ln($chance)
