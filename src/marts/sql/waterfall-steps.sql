-- One row per rule whose treatments are in force, in the order in which the first of them was accepted: what they
-- change in the selection.
-- Reads:  marts.treatment_effects
-- Params: $from, $to (dates, inclusive)
SELECT t.rule, sum(t.spend_minor)::BIGINT AS spend, sum(t.leads)::BIGINT AS leads
FROM marts.treatment_effects AS t
WHERE t.day BETWEEN $from::DATE AND $to::DATE /*narrow t*/
GROUP BY t.rule ORDER BY min(t.step), t.rule;
