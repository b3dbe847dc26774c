-- One row per month of arrival: leads, and those with a row in the status log.
-- Reads:  leads
SELECT strftime(day, '%Y-%m') AS month, count(*) AS leads, count(*) FILTER (WHERE logged) AS logged_leads
FROM leads GROUP BY month ORDER BY month
