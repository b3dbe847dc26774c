-- Accounts, and campaigns by themselves, whose spend changes from one day on by a factor that keeps, against impressions
-- and against clicks alike: one row per subject with the day and the factor. Campaigns that run across the day must show
-- the same step; where none does, several campaigns must stand on each side and the factor be larger. A smaller factor is
-- enough where it is spend that makes the step and impressions stay as they were, many standard errors away from chance:
-- where the market makes a price, the budget is spent as ever and buys more or less. A unit or a currency changed.
-- The day is the split of the series (of log price) that parts it best.
-- Reads:  insights
-- Params: $factor (smallest), $factor_alone (smallest where no campaign runs across), $factor_of_spend (smallest where
--         spend makes the step), $errors (fewest standard errors of such a step), $rows (fewest on each side)
WITH priced AS (
  SELECT account_id, campaign_id, day, ln(spend_minor / impressions) AS price, ln(spend_minor) AS spend,
         CASE WHEN clicks > 0 THEN ln(spend_minor / clicks) END AS click_price
  FROM insights WHERE spend_minor > 0 AND impressions >= 20
),
long AS (SELECT account_id, campaign_id FROM priced GROUP BY account_id, campaign_id HAVING count(*) >= 2 * $rows),
subjects AS (
  SELECT account_id, NULL AS campaign_id, campaign_id AS part, day, price, click_price, spend FROM priced
  UNION ALL
  SELECT account_id, campaign_id, campaign_id, day, price, click_price, spend FROM priced SEMI JOIN long USING (account_id, campaign_id)
),
days AS (
  SELECT account_id, campaign_id, day, count(*) AS n, sum(price) AS total FROM subjects GROUP BY ALL
),
sums AS (
  SELECT *, sum(n) OVER earlier AS n_before, sum(total) OVER earlier AS total_before,
         sum(n) OVER subject AS n_all, sum(total) OVER subject AS total_all
  FROM days
  WINDOW subject AS (PARTITION BY account_id, campaign_id),
         earlier AS (PARTITION BY account_id, campaign_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
splits AS (
  SELECT account_id, campaign_id, day, n_before, n_all - n_before AS n_after,
         (total_all - total_before) / (n_all - n_before) - total_before / n_before AS step
  FROM sums WHERE n_before >= $rows AND n_all - n_before >= $rows
),
best AS (
  SELECT account_id, campaign_id, arg_max(day, abs(step) * sqrt(n_before * n_after)) AS day,
         arg_max(abs(step), abs(step) * sqrt(n_before * n_after)) AS size
  FROM splits GROUP BY ALL
),
parts AS (
  SELECT b.account_id, b.campaign_id, b.day, s.part,
         count(*) FILTER (WHERE s.day < b.day) AS rows_before, count(*) FILTER (WHERE s.day >= b.day) AS rows_after,
         median(s.price) FILTER (WHERE s.day < b.day) AS before, median(s.price) FILTER (WHERE s.day >= b.day) AS after,
         median(s.click_price) FILTER (WHERE s.day < b.day) AS click_before,
         median(s.click_price) FILTER (WHERE s.day >= b.day) AS click_after,
         avg(s.spend) FILTER (WHERE s.day < b.day) AS spend_before, avg(s.spend) FILTER (WHERE s.day >= b.day) AS spend_after,
         avg(s.price) FILTER (WHERE s.day BETWEEN b.day AND b.day + 2)
           - avg(s.price) FILTER (WHERE s.day BETWEEN b.day - 3 AND b.day - 1) AS step_at_once,
         sqrt(var_samp(s.price) FILTER (WHERE s.day < b.day) / count(*) FILTER (WHERE s.day < b.day) + var_samp(s.price) FILTER (WHERE s.day >= b.day) / count(*) FILTER (WHERE s.day >= b.day)) AS error,
         sqrt(var_samp(s.click_price) FILTER (WHERE s.day < b.day) / count(s.click_price) FILTER (WHERE s.day < b.day)
              + var_samp(s.click_price) FILTER (WHERE s.day >= b.day) / count(s.click_price) FILTER (WHERE s.day >= b.day)) AS click_error,
         sqrt(var_samp(s.spend) FILTER (WHERE s.day < b.day) / count(*) FILTER (WHERE s.day < b.day) + var_samp(s.spend) FILTER (WHERE s.day >= b.day) / count(*) FILTER (WHERE s.day >= b.day)) AS spend_error
  FROM best AS b
  JOIN subjects AS s ON s.account_id = b.account_id AND s.campaign_id IS NOT DISTINCT FROM b.campaign_id
  WHERE b.size >= 0.7 * ln($factor_of_spend)
  GROUP BY ALL
),
stepped AS (
  SELECT account_id, campaign_id, day, sum(rows_before)::BIGINT AS rows_before, sum(rows_after)::BIGINT AS rows_after,
         median(before) AS before, median(after) AS after, median(click_after) - median(click_before) AS click_step,
         count(before) AS parts_before, count(after) AS parts_after, count(after - before) FILTER (WHERE least(rows_before, rows_after) >= 4) AS across,
         median(after - before) FILTER (WHERE least(rows_before, rows_after) >= 4) AS step_across,
         median(click_after - click_before) FILTER (WHERE least(rows_before, rows_after) >= 4) AS click_step_across,
         coalesce(stddev_pop(before), 0) AS spread_before, coalesce(stddev_pop(after), 0) AS spread_after,
         any_value(step_at_once) AS step_at_once, avg(spend_after) - avg(spend_before) AS spend_step,
         -- Of an account the campaigns are the cases, of a campaign its rows; nothing varies less than so.
         CASE WHEN campaign_id IS NULL
              THEN greatest(sqrt(var_samp(before) / count(before) + var_samp(after) / count(after)),
                            0.3 * sqrt(1 / count(before) + 1 / count(after)))
              ELSE greatest(any_value(error), 0.15 * sqrt(1 / sum(rows_before) + 1 / sum(rows_after))) END AS error,
         CASE WHEN campaign_id IS NULL
              THEN greatest(sqrt(var_samp(click_before) / count(click_before) + var_samp(click_after) / count(click_after)),
                            0.3 * sqrt(1 / count(click_before) + 1 / count(click_after)))
              ELSE any_value(click_error) END AS click_error,
         any_value(spend_error) AS spend_error
  FROM parts GROUP BY account_id, campaign_id, day
),
market AS (SELECT median(price) AS usual FROM priced),
judged AS (
  SELECT *, coalesce(step_across, after - before) AS step,
         abs(after - before) >= ln($factor_of_spend) AND abs(after - before) >= $errors * error
         AND abs(click_step) >= (CASE WHEN campaign_id IS NULL THEN 1 ELSE 0.8 END) * $errors * click_error
         AND click_step / (after - before) BETWEEN 0.7 AND 1.4 AND spend_step / (after - before) BETWEEN 0.6 AND 1.6
         AND CASE WHEN campaign_id IS NULL
                  THEN parts_before >= 4 AND parts_after >= 4 AND coalesce(step_across / (after - before), 1) BETWEEN 0.7 AND 1.4
                  ELSE abs(spend_step) >= 0.6 * $errors * spend_error
                       AND coalesce(step_at_once / (after - before), 1) BETWEEN 0.7 AND 1.4 END AS by_spend
  FROM stepped
)
SELECT account_id AS account, campaign_id AS "campaignId", day, exp(step) AS factor, across,
       rows_before AS "rowsBefore", rows_after AS "rowsAfter",
       abs(before - usual) > abs(after - usual) AS "beforeIsOdd"
FROM judged, market
WHERE by_spend OR CASE
  WHEN campaign_id IS NOT NULL THEN abs(step_across) >= ln($factor_alone) AND click_step_across / step_across BETWEEN 0.7 AND 1.4
  WHEN across > 0 THEN abs(step_across) >= ln($factor) AND (after - before) / step_across BETWEEN 0.5 AND 2
                       AND click_step_across / step_across BETWEEN 0.6 AND 1.6
  ELSE abs(after - before) >= ln($factor_alone) AND parts_before >= 4 AND parts_after >= 4
       AND click_step / (after - before) BETWEEN 0.6 AND 1.6
       AND abs(after - before) >= 1.5 * (spread_before + spread_after)
END
ORDER BY account, "campaignId" NULLS FIRST
