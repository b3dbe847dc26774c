-- One row per name to which the lead table assigns leads, most leads first.
-- Reads:  marts.leads_corrected
SELECT trim(l.assigned_to) AS name, sum(l.weight)::BIGINT AS leads
FROM marts.leads_corrected AS l WHERE trim(coalesce(l.assigned_to, '')) <> '' /*narrow l*/
GROUP BY ALL ORDER BY leads DESC, name;
