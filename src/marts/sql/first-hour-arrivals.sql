-- One row per day of the week (0 = Sunday) and hour: leads that arrive then.
-- Reads:  marts.leads_corrected
SELECT dayofweek(l.arrival_at)::INTEGER AS weekday, hour(l.arrival_at)::INTEGER AS hour, sum(l.weight)::BIGINT AS leads
FROM marts.leads_corrected AS l WHERE true /*narrow l*/
GROUP BY ALL ORDER BY ALL;
