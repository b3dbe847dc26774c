-- First and last day with delivery or leads of each account. A row dated after the moment its file was imported is a
-- slip of the pen: it counts, but does not say until when the data go. Nor does a lead that strays in more than a week
-- after the last spend say until when the account was active.
-- Reads:  marts.campaign_day, marts.lead_outcome
UPDATE marts.accounts AS a SET first_day = x.first_day, end_day = x.end_day, last_day = x.last_day,
  active_day = x.active_day
FROM (
  WITH spent AS (
    SELECT account_key, max(day) AS day FROM marts.campaign_day WHERE NOT ahead AND spend_minor > 0 GROUP BY account_key
  )
  SELECT account_key, min(first_day) AS first_day, max(end_day) AS end_day, max(last_day) AS last_day,
         max(active_day) AS active_day
  FROM (
    SELECT account_key, min(day) AS first_day, max(day) AS end_day, max(day) FILTER (NOT ahead) AS last_day,
           max(day) FILTER (NOT ahead AND spend_minor > 0) AS active_day
    FROM marts.campaign_day GROUP BY account_key
    UNION ALL
    SELECT l.account_key, min(l.arrival_day), max(l.arrival_day), max(l.arrival_day) FILTER (NOT l.ahead),
           max(l.arrival_day) FILTER (NOT l.ahead AND l.arrival_day <= s.day + 7)
    FROM marts.lead_outcome AS l LEFT JOIN spent AS s ON s.account_key = l.account_key GROUP BY l.account_key)
  GROUP BY account_key
) AS x
WHERE x.account_key = a.account_key;
