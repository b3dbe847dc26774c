-- One row: how many leads the list holds.
-- Reads:  marts.leads_corrected
-- Params: $from, $to (dates, inclusive)
SELECT count(*) AS total FROM marts.leads_corrected AS l
WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow l*/ /*stage l*/ /*filters l*/ /*search l*/;
