-- What was known at the end of a day: ad figures of days until then, leads that had come, and of the log only what was
-- written by then. The final status of the table of leads has no time, so it is not used.
CREATE MACRO delivery_by(k, f, t, a, p, c, r) AS TABLE
  FROM insights WHERE raw = r AND day BETWEEN f AND t AND day <= k AND one_of(a, account)
                      AND (len(p) = 0 OR coalesce(list_contains(p, project), false)) AND one_of(c, campaign_id);

-- The log with the line on which each entry first stands: of two in one second the later line is the later one.
CREATE TABLE lined_log AS
SELECT g.lead_id, s.stage, g.changed, min(g.line) AS line, g.status
FROM (SELECT lead_id, status, created_at::TIMESTAMP AS changed, row_number() OVER () AS line
      FROM read_csv('$folder/lead_status_changes.csv', header = true, all_varchar = true)) AS g
LEFT JOIN stages AS s USING (status) GROUP BY ALL;

CREATE MACRO arrivals_by(k, f, t, a, p, c, r) AS TABLE
  WITH told AS (
    SELECT lead_id, arg_max(coalesce(stage, '?'), (changed, line)) AS stage,
           min(changed) FILTER (WHERE stage IN ('qualified', 'meeting', 'won')) AS qualified_at
    FROM lined_log WHERE changed::DATE <= k GROUP BY lead_id
  ),
  placed AS (
    SELECT l.* EXCLUDE (stage, undecided, qualified, in_time, ever),
           nullif(coalesce(g.stage, 'unknown'), '?') AS stage, g.qualified_at, r.arrived
    FROM leads AS l
    LEFT JOIN told AS g USING (lead_id)
    JOIN (SELECT DISTINCT id AS lead_id, arrived FROM leads_received) AS r USING (lead_id)
    WHERE l.day <= k
  )
  SELECT * EXCLUDE (qualified_at, arrived), coalesce(stage IN ('new', 'unknown'), false) AS undecided,
         coalesce(stage IN ('qualified', 'meeting', 'won'), false) AS qualified,
         coalesce(qualified_at <= arrived + INTERVAL 30 DAY, false) AS in_time, qualified_at IS NOT NULL AS ever
  FROM placed
  WHERE raw = r AND day BETWEEN f AND t AND one_of(a, account)
        AND (len(p) = 0 OR coalesce(list_contains(p, project), false)) AND one_of(c, campaign_id);
