-- One row per stage of today, NULL = status not mapped: leads of the selection, each once; the logged among them.
-- Reads:  marts.leads_corrected
-- Params: $from, $to (dates, inclusive)
SELECT l.stage, count(*) AS leads, count(*) FILTER (WHERE l.logged) AS logged
FROM marts.leads_corrected AS l WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow l*/
GROUP BY l.stage;
