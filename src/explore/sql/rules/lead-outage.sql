-- Stretches of hours in which no lead came although money was spent, on the whole platform or in one large account; one row
-- per day of a stretch: so long that at least $expected leads should have come, and that their absence is no chance. The usual
-- number of a day is the least of the medians of four and of fourteen days before the stretch and after it (its own days
-- are none of them, however many), less where less was spent over the usual hours of the month. Chance: no lead at all
-- in a negative binomial count whose variance is so many times its mean as days (for a stretch of a week or more: weeks)
-- of that account lie below the number their neighbours let expect, over all days (and accounts) looked at.
-- A row that repeats the day before is a frozen total, no spend. Leads must have come on the days before and after, so that neither a pause of the campaigns nor the edge of the data
-- is an outage.
-- Reads:  leads, insights, campaigns
-- Params: $expected, $chance
WITH arrived AS MATERIALIZED (
  SELECT coalesce(account_id, '') AS scope, moment, count(*) AS n
  FROM (SELECT account_id, date_trunc('hour', added_at) AS moment FROM leads)
  GROUP BY GROUPING SETS ((moment), (account_id, moment))
),
last_known AS (SELECT quantile_disc(moment, 0.999)::DATE AS day FROM arrived WHERE scope = ''),
scopes AS (
  SELECT scope, min(moment)::DATE AS first_day, least(max(moment)::DATE, any_value(k.day)) AS last_day
  FROM arrived, last_known AS k
  WHERE scope = '' OR (SELECT count(DISTINCT scope) FROM arrived) > 2
  GROUP BY scope HAVING sum(n) >= 20 * $expected
),
delivered AS MATERIALIZED (
  SELECT account_id, campaign_id, day, sum(spend_minor) AS spent
  FROM (
    SELECT account_id, campaign_id, day, spend_minor,
           spend_minor = lag(spend_minor) OVER life AND impressions = lag(impressions) OVER life AS again
    FROM insights WINDOW life AS (PARTITION BY account_id, campaign_id, entity ORDER BY day)
  )
  WHERE spend_minor > 0 AND again IS DISTINCT FROM true GROUP BY ALL
),
spending AS (
  SELECT coalesce(account_id, '') AS scope, day, sum(spent) AS spent FROM delivered GROUP BY GROUPING SETS ((day), (account_id, day))
),
daily AS MATERIALIZED (
  SELECT c.scope, c.day, coalesce(a.n, 0) AS n, coalesce(s.spent, 0) AS spent
  FROM (SELECT scope, unnest(generate_series(first_day::TIMESTAMP, last_day::TIMESTAMP, INTERVAL 1 DAY))::DATE AS day
        FROM scopes) AS c
  LEFT JOIN (SELECT scope, moment::DATE AS day, sum(n) AS n FROM arrived GROUP BY ALL) AS a USING (scope, day)
  LEFT JOIN spending AS s USING (scope, day)
),
busiest AS (SELECT scope, quantile_cont(n, 0.9) AS most, count(*) AS days FROM daily GROUP BY scope),
gaps AS (
  SELECT scope, lag(moment) OVER (PARTITION BY scope ORDER BY moment) AS since, moment AS until
  FROM arrived SEMI JOIN scopes USING (scope)
),
-- At least half of fourteen days have their median or more, so that it is at most a seventh of their sum.
fortnights AS (
  SELECT scope, day, sum(n) OVER (PARTITION BY scope ORDER BY day ROWS BETWEEN 14 PRECEDING AND 1 PRECEDING) AS n FROM daily
),
long AS MATERIALIZED (
  SELECT g.*, b.days FROM gaps AS g JOIN busiest AS b USING (scope)
  JOIN fortnights AS f ON f.scope = g.scope AND f.day = g.since::DATE
  WHERE date_diff('hour', since, until) / 24 * greatest(most, $expected / 2) >= $expected
    AND (date_diff('hour', since, until) / 24 + 1) * f.n / 7 >= $expected
),
beside AS (
  SELECT scope, day, n, least(median(n) OVER (life ROWS BETWEEN 14 PRECEDING AND 1 PRECEDING),
                              median(n) OVER (life ROWS BETWEEN 4 PRECEDING AND 1 PRECEDING)) AS before,
         least(median(n) OVER (life ROWS BETWEEN 1 FOLLOWING AND 14 FOLLOWING),
               median(n) OVER (life ROWS BETWEEN 1 FOLLOWING AND 4 FOLLOWING)) AS after
  FROM daily SEMI JOIN long USING (scope) WINDOW life AS (PARTITION BY scope ORDER BY day)
),
levels AS (
  SELECT scope, n, least(before, after) AS day_usual, sum(n) OVER (life ROWS BETWEEN CURRENT ROW AND 6 FOLLOWING) AS week,
         7 * least(before, lead(after, 6) OVER life) AS week_usual, lead(after, 6) OVER life IS NOT NULL AS whole
  FROM beside WINDOW life AS (PARTITION BY scope ORDER BY day)
),
uneven AS (
  SELECT scope,
         2 * avg(CASE WHEN n < day_usual THEN (n - day_usual) ^ 2 / day_usual ELSE 0 END) FILTER (day_usual > 0) AS day_spread,
         2 * avg(CASE WHEN week < week_usual THEN (week - week_usual) ^ 2 / week_usual ELSE 0 END)
           FILTER (week_usual > 0 AND whole) AS week_spread
  FROM levels GROUP BY scope
),
around AS (
  SELECT g.scope, g.since, g.until, g.days,
         any_value(greatest(1.5, day_spread, day_spread
           + (week_spread - day_spread) * least(1, greatest(0, date_diff('hour', g.since, g.until) / 24 - 1) / 6))) AS spread,
         least(median(n) FILTER (d.day < g.since::DATE), median(n) FILTER (d.day > g.until::DATE),
               median(n) FILTER (d.day < g.since::DATE AND d.day >= g.since::DATE - 4),
               median(n) FILTER (d.day > g.until::DATE AND d.day <= g.until::DATE + 4)) AS usual,
         avg(spent) FILTER (d.day < g.since::DATE OR d.day > g.until::DATE) AS usual_spend
  FROM long AS g
  JOIN uneven AS u USING (scope)
  JOIN daily AS d ON d.scope = g.scope AND d.day BETWEEN g.since::DATE - 14 AND g.until::DATE + 14
  GROUP BY g.scope, g.since, g.until, g.days
  HAVING count(*) FILTER (d.day < g.since::DATE) >= 5 AND count(*) FILTER (d.day > g.until::DATE) >= 5
),
all_hours AS (
  SELECT scope, hour(moment) AS h, sum(n) / sum(sum(n)) OVER (PARTITION BY scope) AS share
  FROM arrived SEMI JOIN scopes USING (scope) GROUP BY scope, h
),
month_hours AS (
  SELECT scope, date_trunc('month', moment) AS month, hour(moment) AS h, sum(n) AS n
  FROM arrived SEMI JOIN scopes USING (scope) GROUP BY scope, month, h
),
months AS (SELECT scope, month, sum(n) AS total FROM month_hours GROUP BY scope, month),
empty AS (
  SELECT scope, since, until, spread, days, usual, usual_spend,
         unnest(generate_series(since + INTERVAL 1 HOUR, until - INTERVAL 1 HOUR, INTERVAL 1 HOUR)) AS moment
  FROM around WHERE usual > 0
),
expecting AS MATERIALIZED (
  SELECT e.*, d.spent * share AS money, e.usual * share * least(1, d.spent / e.usual_spend) AS leads
  FROM (
    SELECT e.*, (coalesce(m.n, 0) + 50 * coalesce(a.share, 0)) / (coalesce(t.total, 0) + 50) AS share
    FROM empty AS e
    LEFT JOIN all_hours AS a ON a.scope = e.scope AND a.h = hour(e.moment)
    LEFT JOIN months AS t ON t.scope = e.scope AND t.month = date_trunc('month', e.moment)
    LEFT JOIN month_hours AS m ON m.scope = e.scope AND m.month = t.month AND m.h = hour(e.moment)
  ) AS e
  JOIN daily AS d ON d.scope = e.scope AND d.day = e.moment::DATE
  WHERE share > 0 AND spent > 0
),
-- Few campaigns bring most leads: where a great one ended, hardly any come for days. So the campaigns that ran must say
-- too that none is no chance: each brings leads for its money as on its other days, and campaigns differ (gamma of shape
-- 0.3 about the rate of those around, the greatest left out).
doubtful AS MATERIALIZED (
  SELECT scope, since, any_value(until) AS until FROM expecting GROUP BY scope, since HAVING sum(leads) >= $expected
),
beside_gaps AS (
  SELECT g.scope, g.since, d.account_id, d.campaign_id, sum(d.spent) AS spent
  FROM doubtful AS g
  JOIN delivered AS d ON d.day BETWEEN g.since::DATE - 14 AND g.until::DATE + 14 AND (d.day < g.since::DATE OR d.day > g.until::DATE)
                         AND (g.scope = '' OR g.scope = d.account_id)
  GROUP BY ALL
),
brought AS (SELECT account_id, campaign_id, day, count(*) AS n FROM leads GROUP BY ALL),
rates AS (
  SELECT scope, since, greatest((sum(n) - max(n)) / nullif(sum(spent) - arg_max(spent, (n, spent)), 0), 0.01 * sum(n) / sum(spent)) AS rate
  FROM (
    SELECT s.scope, s.since, any_value(s.spent) AS spent, coalesce(sum(b.n), 0) AS n
    FROM beside_gaps AS s
    LEFT JOIN brought AS b ON b.account_id = s.account_id AND b.campaign_id = s.campaign_id
                              AND b.day BETWEEN s.since::DATE - 14 AND s.since::DATE + 28
    GROUP BY s.scope, s.since, s.account_id, s.campaign_id
  ) GROUP BY scope, since
),
running AS (
  SELECT g.scope, g.since, g.until, d.day, d.account_id, d.campaign_id, d.spent
  FROM doubtful AS g JOIN delivered AS d ON d.day BETWEEN g.since::DATE AND g.until::DATE AND (g.scope = '' OR g.scope = d.account_id)
),
lives AS (
  SELECT r.scope, r.since, d.account_id, d.campaign_id, sum(d.spent) AS spent
  FROM (SELECT DISTINCT scope, since, until, account_id, campaign_id FROM running) AS r
  JOIN delivered AS d ON d.account_id = r.account_id AND d.campaign_id = r.campaign_id
  WHERE d.day < r.since::DATE OR d.day > r.until::DATE GROUP BY ALL
),
lifelong AS (SELECT account_id, campaign_id, sum(n) AS n FROM brought GROUP BY ALL),
silent AS (
  SELECT scope, since, sum((coalesce(n, 0) + 0.3) * ln((other + 0.3 / rate) / (other + 0.3 / rate + spent))) AS log_chance
  FROM (
    SELECT r.scope, r.since, any_value(k.rate) AS rate, any_value(b.n) AS n, coalesce(any_value(l.spent), 0) AS other,
           sum(r.spent * e.share) AS spent
    FROM running AS r
    JOIN (SELECT scope, since, moment::DATE AS day, sum(share) AS share FROM expecting GROUP BY ALL) AS e
      ON e.scope = r.scope AND e.since = r.since AND e.day = r.day
    JOIN rates AS k ON k.scope = r.scope AND k.since = r.since AND k.rate > 0
    LEFT JOIN lives AS l ON l.scope = r.scope AND l.since = r.since AND l.account_id = r.account_id AND l.campaign_id = r.campaign_id
    LEFT JOIN lifelong AS b ON b.account_id = r.account_id AND b.campaign_id = r.campaign_id
    GROUP BY r.scope, r.since, r.account_id, r.campaign_id
  ) GROUP BY scope, since
),
stretches AS MATERIALIZED (
  SELECT scope, since, min(moment) AS from_moment, max(moment) + INTERVAL 1 HOUR AS until_moment
  FROM expecting JOIN silent USING (scope, since) GROUP BY scope, since, spread, days, log_chance
  HAVING sum(leads) >= $expected
     AND greatest(-sum(leads) * ln(spread) / (spread - 1), log_chance)
         + ln(days * CASE scope WHEN '' THEN 1 ELSE (SELECT count(*) FROM scopes) END) < ln($chance)
),
named AS (
  SELECT *, trim(scope || ' ' || strftime(from_moment, '%Y-%m-%d %H:%M')) AS item FROM stretches AS s
  WHERE scope = '' OR NOT EXISTS (
    FROM stretches AS p WHERE p.scope = '' AND p.from_moment < s.until_moment AND s.from_moment < p.until_moment
  )
)
SELECT n.item, n.item AS label, nullif(n.scope, '') AS account_id, round(sum(e.money))::BIGINT AS money_minor,
       round(sum(e.leads))::BIGINT AS leads, NULL::INTEGER AS file_id, NULL::BIGINT AS line, e.moment::DATE AS day,
       n.from_moment, n.until_moment, count(*) AS hours, round(sum(e.leads), 1) AS expected
FROM named AS n JOIN expecting AS e USING (scope, since)
GROUP BY n.scope, n.item, n.from_moment, n.until_moment, e.moment::DATE
