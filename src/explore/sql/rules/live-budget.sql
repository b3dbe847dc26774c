-- Budget at each moment at which a campaign starts: the sum of the daily budgets of campaigns live then; without a stop it
-- lives on. One row per start.
-- Reads:  campaigns
WITH turns AS (
  SELECT start_time AS moment, daily_budget_minor AS change, 1 AS live FROM campaigns
  WHERE start_time <= coalesce(stop_time, 'infinity') AND daily_budget_minor IS NOT NULL
  UNION ALL
  SELECT stop_time, -daily_budget_minor, -1 FROM campaigns WHERE start_time <= stop_time AND daily_budget_minor IS NOT NULL
)
-- At one moment starts come before stops, so that a campaign is live at both its ends.
SELECT moment, sum(change) OVER (ORDER BY moment, live DESC ROWS UNBOUNDED PRECEDING)::BIGINT AS budget_minor,
       sum(live) OVER (ORDER BY moment, live DESC ROWS UNBOUNDED PRECEDING)::BIGINT AS campaigns, live = 1 AS starts
FROM turns
