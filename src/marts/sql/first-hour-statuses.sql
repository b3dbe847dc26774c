-- One row per status that leads carry, most leads first, with the stage it stands for.
-- Reads:  marts.leads_corrected
SELECT coalesce(l.status, '') AS status, l.stage, bool_or(l.undecided) AS undecided, sum(l.weight)::BIGINT AS leads
FROM marts.leads_corrected AS l WHERE true /*narrow l*/
GROUP BY ALL ORDER BY leads DESC, status;
