-- One row: first and last day with delivery or leads that the scope may see.
-- Reads:  marts.accounts
SELECT min(first_day) AS first_day, max(last_day) AS last_day FROM marts.accounts AS a WHERE true /*scope a*/;
