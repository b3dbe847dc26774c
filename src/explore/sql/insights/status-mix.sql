-- Leads by current status, most first.
-- Reads:  leads
SELECT coalesce(status, '') AS status, min(stage) AS stage, bool_and(undecided) AS undecided, count(*) AS leads
FROM leads GROUP BY 1 ORDER BY leads DESC, status
