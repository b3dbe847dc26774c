-- First and last day with delivery or leads of each account. A row dated after the moment its file was imported is a
-- slip of the pen: it counts, but does not say until when the data go.
-- Reads:  marts.campaign_day, marts.lead_outcome
UPDATE marts.accounts AS a SET first_day = x.first_day, end_day = x.end_day, last_day = x.last_day
FROM (
  SELECT account_key, min(first_day) AS first_day, max(end_day) AS end_day, max(last_day) AS last_day FROM (
    SELECT account_key, min(day) AS first_day, max(day) AS end_day, max(day) FILTER (NOT ahead) AS last_day
    FROM marts.campaign_day GROUP BY account_key
    UNION ALL
    SELECT account_key, min(arrival_day), max(arrival_day), max(arrival_day) FILTER (NOT ahead)
    FROM marts.lead_outcome GROUP BY account_key)
  GROUP BY account_key
) AS x
WHERE x.account_key = a.account_key;
