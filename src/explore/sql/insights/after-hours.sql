-- Leads by whether they arrived while sales work, and how long the touched ones waited.
-- Reads:  leads
SELECT (list_contains($work_days::INTEGER[], dayofweek(added_at)::INTEGER)
        AND hour(added_at) >= $from_hour AND hour(added_at) < $to_hour) AS at_work,
       count(*) AS leads, count(first_touch_at) FILTER (logged) AS touched,
       median(date_diff('second', added_at, first_touch_at) / 3600.0) FILTER (first_touch_at >= added_at) AS median_hours
FROM leads GROUP BY 1 ORDER BY 1
