-- One row: first and last day with delivery or leads that the scope may see; `last_day` leaves out days that had not
-- come when their file was imported, unless there are no others.
-- Reads:  marts.accounts
SELECT min(first_day) AS first_day, coalesce(max(last_day), max(end_day)) AS last_day,
       max(end_day) AS end_day, coalesce(max(active_day), max(last_day), max(end_day)) AS active_day
FROM marts.accounts AS a WHERE true /*scope a*/;
