-- Share of the daily budget that was delivered, per campaign and whole day (between start and stop); one row per bin of
-- a hundredth, with the days in it and the smoothed count (a triangle over two bins to each side). Running totals and
-- accounts whose spend changes its unit are left out.
-- Reads:  insights, campaigns
-- Params: $accounts, $campaigns, $entities, $froms, $untils (running totals, as parallel lists),
--         $other_unit (accounts)
WITH totals AS (
  SELECT unnest($accounts::VARCHAR[]) AS account_id, unnest($campaigns::VARCHAR[]) AS campaign_id,
         unnest($entities::VARCHAR[]) AS entity, unnest($froms::VARCHAR[])::DATE AS from_day,
         unnest($untils::VARCHAR[])::DATE AS until_day
),
days AS (
  SELECT sum(i.spend_minor) / any_value(c.daily_budget_minor) AS ratio
  FROM insights AS i
  JOIN campaigns AS c ON c.account_id = i.account_id AND c.campaign_id = i.campaign_id AND c.daily_budget_minor > 0
  ANTI JOIN totals AS t ON t.account_id = i.account_id AND t.campaign_id = i.campaign_id AND t.entity = i.entity
                           AND i.day BETWEEN t.from_day AND t.until_day
  WHERE NOT list_contains($other_unit::VARCHAR[], i.account_id) AND i.day > c.start_time::DATE AND i.day <= c.stop_time::DATE
  GROUP BY i.account_id, i.campaign_id, i.day
),
bins AS (
  SELECT b.bin, count(d.ratio) AS days
  FROM (SELECT unnest(range(0, 300)) AS bin) AS b LEFT JOIN days AS d ON floor(d.ratio * 100)::INT = b.bin AND d.ratio > 0
  GROUP BY b.bin
)
SELECT bin, days, (3 * days + 2 * (lag(days, 1, 0) OVER (ORDER BY bin) + lead(days, 1, 0) OVER (ORDER BY bin))
                  + lag(days, 2, 0) OVER (ORDER BY bin) + lead(days, 2, 0) OVER (ORDER BY bin)) / 9 AS smooth,
       (SELECT count(*) FROM days WHERE ratio > 0) AS in_all
FROM bins ORDER BY bin
