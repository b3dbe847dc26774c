-- One row: days from arrival to the first logged qualified stage, of leads that stand at one now.
-- Reads:  leads
SELECT count(*) AS qualified, count(first_qualified_at) AS dated,
       quantile_cont(date_diff('second', added_at, first_qualified_at) / 86400.0, 0.5)
         FILTER (first_qualified_at >= added_at) AS median_days,
       quantile_cont(date_diff('second', added_at, first_qualified_at) / 86400.0, 0.9)
         FILTER (first_qualified_at >= added_at) AS late_days,
       count(*) FILTER (first_qualified_at <= added_at + INTERVAL 7 DAY) AS within_week,
       count(*) FILTER (first_qualified_at <= added_at + to_days($horizon::INTEGER)) AS within_horizon
FROM leads WHERE stage IN ('qualified', 'meeting', 'won')
