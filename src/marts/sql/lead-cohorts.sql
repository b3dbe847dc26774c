-- One row per week of arrival and age (in weeks from arrival) at which leads were first qualified by the log; age NULL:
-- not. Ages beyond $ages are together; an entry before the arrival counts at age 0.
-- Reads:  marts.leads_corrected
-- Params: $from, $to (dates, inclusive), $week_start (0 = Sunday), $ages
SELECT l.arrival_day - ((dayofweek(l.arrival_day) - $week_start::INTEGER + 7) % 7)::INTEGER AS week,
       CASE WHEN l.first_qualified_at IS NOT NULL
            THEN least(greatest(0, epoch_ms(l.first_qualified_at) - epoch_ms(l.arrival_at)) // 604800000,
                       $ages::BIGINT) END AS age,
       count(*) AS leads, count(*) FILTER (WHERE l.stage IS NOT NULL AND NOT l.undecided) AS judged,
       count(*) FILTER (WHERE l.logged) AS logged,
       count(*) FILTER (WHERE l.stage IN ('qualified', 'meeting', 'won')) AS qualified
FROM marts.leads_corrected AS l WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow l*/
GROUP BY ALL ORDER BY ALL;
