-- Leads and spend by weekday, Sunday = 0.
-- Reads:  leads, insights
SELECT w.weekday, coalesce(l.leads, 0) AS leads, coalesce(i.spend_minor, 0)::BIGINT AS spend_minor
FROM (SELECT unnest(range(7)) AS weekday) AS w
LEFT JOIN (SELECT dayofweek(day) AS weekday, count(*) AS leads FROM leads GROUP BY 1) AS l USING (weekday)
LEFT JOIN (SELECT dayofweek(day) AS weekday, sum(spend_minor) AS spend_minor FROM insights GROUP BY 1) AS i
       USING (weekday)
ORDER BY 1
