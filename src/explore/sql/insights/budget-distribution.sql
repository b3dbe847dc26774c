-- One row: daily budgets of campaigns, and what is delivered of them on full days of their life.
-- Reads:  campaigns, insights
WITH days AS (
  SELECT i.account_id, i.campaign_id, i.day, sum(i.spend_minor) AS spend_minor
  FROM insights AS i GROUP BY ALL
),
ratios AS (
  SELECT d.spend_minor / c.daily_budget_minor AS ratio
  FROM days AS d JOIN campaigns AS c USING (account_id, campaign_id)
  WHERE c.daily_budget_minor > 0 AND d.spend_minor > 0 AND d.day > c.start_time::DATE AND d.day < c.stop_time::DATE
)
SELECT count(*) AS campaigns, quantile_cont(daily_budget_minor, 0.1) AS low_minor,
       quantile_cont(daily_budget_minor, 0.5) AS median_minor, quantile_cont(daily_budget_minor, 0.9) AS high_minor,
       sum(daily_budget_minor)::BIGINT AS sum_minor,
       (SELECT median(ratio) FROM ratios) AS delivered, (SELECT count(*) FROM ratios) AS full_days,
       sum(daily_budget_minor) FILTER (start_time <= $last_day::TIMESTAMP + INTERVAL 1 DAY
                                       AND coalesce(stop_time, 'infinity') >= $last_day::TIMESTAMP)::BIGINT AS live_minor,
       count(*) FILTER (start_time <= $last_day::TIMESTAMP + INTERVAL 1 DAY
                        AND coalesce(stop_time, 'infinity') >= $last_day::TIMESTAMP) AS live
FROM campaigns WHERE daily_budget_minor > 0
