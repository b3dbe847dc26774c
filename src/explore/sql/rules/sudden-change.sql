-- Days around which spend or leads step to another level: one row per measure and day that parts two fortnights which
-- hardly overlap (nine tenths of one lie beyond nine tenths of the other), with the medians before and after.
-- Running totals are left out, and so are steps of leads that one campaign makes alone (each counts at most five a day
-- there). Stretches far below the usual level are not looked at.
-- Reads:  insights, leads
-- Params: $times (smallest ratio of the medians), $accounts, $campaigns, $entities, $froms, $untils (running totals)
WITH totals AS (
  SELECT unnest($accounts::VARCHAR[]) AS account_id, unnest($campaigns::VARCHAR[]) AS campaign_id,
         unnest($entities::VARCHAR[]) AS entity, unnest($froms::VARCHAR[])::DATE AS from_day,
         unnest($untils::VARCHAR[])::DATE AS until_day
),
told AS (
  SELECT 'spend' AS measure, i.day, sum(i.spend_minor)::DOUBLE AS value, sum(i.spend_minor)::DOUBLE AS broad FROM insights AS i
  ANTI JOIN totals AS t ON t.account_id = i.account_id AND t.campaign_id = i.campaign_id AND t.entity = i.entity
                           AND i.day BETWEEN t.from_day AND t.until_day
  GROUP BY i.day
  UNION ALL
  SELECT 'leads', day, sum(n), sum(least(n, 5)) FROM (SELECT campaign_id, day, count(*) AS n FROM leads GROUP BY ALL) GROUP BY day
),
spans AS (
  SELECT measure, quantile_disc(day, 0.001) AS first_day, quantile_disc(day, 0.999) AS last_day, median(value) AS usual
  FROM told GROUP BY measure
),
days AS (
  SELECT s.measure, s.usual, d.day::DATE AS day, coalesce(t.value, 0) AS value, coalesce(t.broad, 0) AS broad
  FROM spans AS s
  CROSS JOIN LATERAL (SELECT unnest(range(s.first_day, s.last_day + 1, INTERVAL 1 DAY)) AS day) AS d
  LEFT JOIN told AS t ON t.measure = s.measure AND t.day = d.day::DATE
),
sides AS (
  SELECT measure, day, usual, value, median(value) OVER earlier AS before, median(value) OVER later AS after,
         median(broad) OVER earlier AS broad_before, median(broad) OVER later AS broad_after,
         quantile_cont(value, 0.1) OVER earlier AS before_low, quantile_cont(value, 0.9) OVER earlier AS before_high,
         quantile_cont(value, 0.1) OVER later AS after_low, quantile_cont(value, 0.9) OVER later AS after_high,
         count(*) OVER earlier AS days_before, count(*) OVER later AS days_after
  FROM days
  WINDOW earlier AS (PARTITION BY measure ORDER BY day ROWS BETWEEN 14 PRECEDING AND 1 PRECEDING),
         later AS (PARTITION BY measure ORDER BY day ROWS BETWEEN CURRENT ROW AND 13 FOLLOWING)
)
SELECT measure, day, before, after, after / nullif(before, 0) AS ratio
FROM sides
WHERE days_before = 14 AND days_after = 14 AND greatest(before, after) >= 0.5 * usual AND least(before, after) > 0
  AND greatest(before, after) >= $times * least(before, after)
  AND greatest(broad_before, broad_after) >= $times * least(broad_before, broad_after)
  AND (after_low > before_high OR after_high < before_low)
ORDER BY abs(ln(after / before)) DESC, measure, day
