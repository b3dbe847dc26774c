-- Days around which spend or leads step to another level: one row per measure and day that parts two fortnights which
-- hardly overlap (nine tenths of one lie beyond nine tenths of the other), with the medians before and after.
-- Few leads a day vary more, so their step must be larger. The step must stand (of leads nearly as large) without the five
-- accounts (campaigns, where accounts are few) whose campaigns come and go most.
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
),
steps AS (
  SELECT measure, day, before, after, after / nullif(before, 0) AS ratio
  FROM sides
  WHERE days_before = 14 AND days_after = 14 AND greatest(before, after) >= 0.5 * usual AND least(before, after) > 0
    AND greatest(before, after) >= $times * least(before, after) * CASE measure WHEN 'leads' THEN 1 + 1 / sqrt(least(before, after)) ELSE 1 END
    AND greatest(broad_before, broad_after) >= $times * least(broad_before, broad_after)
    AND (after_low > before_high OR after_high < before_low)
),
-- Who makes the step: accounts, or campaigns where there are few accounts.
owned AS (
  SELECT 'spend' AS measure, day, account_id, campaign_id, sum(spend_minor)::DOUBLE AS value FROM insights GROUP BY ALL
  UNION ALL
  SELECT 'leads', day, account_id, campaign_id, count(*)::DOUBLE FROM leads GROUP BY ALL
),
many AS (SELECT count(DISTINCT account_id) >= 8 AS accounts FROM insights),
lives AS (
  SELECT s.measure, s.day, o.account_id, o.campaign_id, sum(o.value) FILTER (WHERE o.day < s.day) AS before,
         sum(o.value) FILTER (WHERE o.day >= s.day) AS after, count(*) FILTER (WHERE o.day < s.day) AS days_before,
         count(*) FILTER (WHERE o.day >= s.day) AS days_after
  FROM steps AS s JOIN owned AS o ON o.measure = s.measure AND o.day BETWEEN s.day - 14 AND s.day + 13
  GROUP BY s.measure, s.day, o.account_id, o.campaign_id
),
-- A campaign that runs on both sides for a week at least makes a step of its own; others come and go.
owners AS (
  SELECT measure, day, days_before >= 7 AND days_after >= 7 AS stays,
         CASE WHEN m.accounts THEN account_id ELSE campaign_id END AS owner, sum(before) AS before, sum(after) AS after
  FROM lives CROSS JOIN many AS m GROUP BY ALL
),
-- What is left of it without the five that change most by coming and going: chance ends a few campaigns, not all at once.
-- A third must be left, else the few were all of it.
broad AS (
  SELECT measure, day, sum(before) AS before, sum(after) AS after, any_value(whole) AS whole
  FROM (
    SELECT *, sum(coalesce(before, 0) + coalesce(after, 0)) OVER (PARTITION BY measure, day) AS whole, row_number() OVER (PARTITION BY measure, day, stays
                                 ORDER BY abs(coalesce(after, 0) - coalesce(before, 0)) DESC, owner) AS place
    FROM owners
  ) WHERE stays OR place > 5 GROUP BY ALL
)
SELECT s.* FROM steps AS s JOIN broad AS b ON b.measure = s.measure AND b.day = s.day
WHERE coalesce(b.before, 0) + coalesce(b.after, 0) >= b.whole / 3
  AND CASE WHEN s.after > s.before THEN b.after ELSE b.before END
      >= CASE s.measure WHEN 'leads' THEN $times ** 0.75 ELSE $times END
         * coalesce(CASE WHEN s.after > s.before THEN b.before ELSE b.after END, 0)
ORDER BY abs(ln(s.after / s.before)) DESC, s.measure, s.day
