-- Stretches of hours in which no lead came although money was spent, one row per stretch: so long that at least $expected
-- leads should have come by the usual number of a day and the usual hours of the month. The usual number is the median of
-- the two weeks around; on a day without any lead also what its spend brings at the cost per lead of those weeks, less a
-- quarter, where that is twice $expected. Leads must have come on the days before and after, so that neither a pause of the campaigns nor the edge of
-- the data is an outage.
-- Reads:  leads, insights
-- Params: $expected
WITH arrived AS (SELECT day, hour(added_at) AS h, count(*) AS n FROM leads GROUP BY ALL),
spending AS (SELECT day, sum(spend_minor) AS spent FROM insights WHERE spend_minor > 0 GROUP BY day),
span AS (SELECT min(day) AS first_day, quantile_disc(day, 0.999) AS last_day FROM leads),
calendar AS (
  SELECT unnest(generate_series(first_day::TIMESTAMP, last_day::TIMESTAMP, INTERVAL 1 DAY))::DATE AS day FROM span
),
daily AS (
  SELECT c.day, coalesce(a.n, 0) AS n, coalesce(s.spent, 0) AS spent
  FROM calendar AS c
  LEFT JOIN (SELECT day, sum(n) AS n FROM arrived GROUP BY day) AS a USING (day)
  LEFT JOIN spending AS s USING (day)
),
around AS (
  SELECT day, n, spent,
         least(median(n) OVER (ORDER BY day ROWS BETWEEN 7 PRECEDING AND 7 FOLLOWING),
               median(n) OVER (ORDER BY day ROWS BETWEEN 14 PRECEDING AND 1 PRECEDING),
               median(n) OVER (ORDER BY day ROWS BETWEEN 1 FOLLOWING AND 14 FOLLOWING)) AS usual,
         spent * sum(n) OVER w / nullif(sum(spent) OVER w, 0) AS by_spend
  FROM daily
  WINDOW w AS (ORDER BY day ROWS BETWEEN 7 PRECEDING AND 7 FOLLOWING)
  QUALIFY count(*) OVER (ORDER BY day ROWS BETWEEN 14 PRECEDING AND 1 PRECEDING) >= 5
      AND count(*) OVER (ORDER BY day ROWS BETWEEN 1 FOLLOWING AND 14 FOLLOWING) >= 5
),
usual AS (
  SELECT day, CASE WHEN n = 0 AND usual >= 3 AND by_spend >= 2 * $expected THEN greatest(usual, 0.75 * by_spend)
                   ELSE usual END AS n
  FROM around
),
month_hours AS (SELECT date_trunc('month', day) AS month, h, sum(n) AS n FROM arrived GROUP BY ALL),
hours AS (SELECT month, h, n / sum(n) OVER (PARTITION BY month) AS share FROM month_hours),
grid AS (
  SELECT u.day, g.h, u.day::TIMESTAMP + to_hours(g.h) AS moment, u.n * coalesce(s.share, 0) AS expected,
         a.n IS NULL AS empty
  FROM usual AS u
  CROSS JOIN (SELECT unnest(range(24)) AS h) AS g
  SEMI JOIN spending ON spending.day = u.day
  LEFT JOIN hours AS s ON s.month = date_trunc('month', u.day) AND s.h = g.h
  LEFT JOIN arrived AS a ON a.day = u.day AND a.h = g.h
),
runs AS (
  SELECT *, epoch(moment) // 3600 - row_number() OVER (ORDER BY moment) AS run FROM grid WHERE empty
),
stretches AS (
  SELECT min(moment) FILTER (WHERE expected > 0) AS from_moment,
         max(moment) FILTER (WHERE expected > 0) + INTERVAL 1 HOUR AS until_moment, sum(expected) AS expected
  FROM runs GROUP BY run HAVING sum(expected) >= $expected
)
SELECT strftime(from_moment, '%Y-%m-%d %H:%M') AS item, strftime(from_moment, '%Y-%m-%d %H:%M') AS label,
       NULL::VARCHAR AS account_id, NULL AS money_minor, round(expected)::BIGINT AS leads, NULL::INTEGER AS file_id,
       NULL::BIGINT AS line, from_moment, until_moment, date_diff('hour', from_moment, until_moment) AS hours,
       round(expected, 1) AS expected
FROM stretches
