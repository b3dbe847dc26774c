-- One row per stage, null = status not mapped.
-- Reads:  marts.leads_corrected
-- Params: $from, $to (dates, inclusive)
SELECT l.stage, sum(l.weight) AS leads, coalesce(sum(l.weight) FILTER (WHERE l.undecided), 0) AS undecided
FROM marts.leads_corrected AS l WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow l*/
GROUP BY l.stage ORDER BY l.stage;
