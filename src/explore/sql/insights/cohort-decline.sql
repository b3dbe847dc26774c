-- Logged leads by month of arrival, and those logged as qualified within the horizon; months whose last lead has had
-- the whole horizon, that hold enough logged leads to speak, and in which at least half of all leads are logged.
-- Reads:  leads
SELECT strftime(added_at, '%Y-%m') AS month, count(*) FILTER (logged) AS leads,
       count(*) FILTER (logged AND first_qualified_at <= added_at + to_days($horizon::INTEGER)) AS qualified
FROM leads
WHERE last_day(day) + to_days($horizon::INTEGER) <= $last_day::DATE
GROUP BY 1 HAVING count(*) FILTER (logged) >= greatest(100, 0.5 * count(*))
ORDER BY 1
