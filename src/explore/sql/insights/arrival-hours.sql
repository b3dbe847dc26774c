-- Leads by hour of arrival.
-- Reads:  leads
SELECT hour(added_at)::INTEGER AS hour, count(*) AS leads FROM leads GROUP BY 1 ORDER BY 1
