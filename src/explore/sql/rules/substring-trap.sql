-- Leads that a search by part of the text takes for qualified: a log row of a rejecting status whose text contains a
-- qualifying one, and no row of that one itself. One row per lead and searched status; the line is the first such row.
-- Reads:  log
WITH said AS (SELECT DISTINCT status, stage FROM log),
pairs AS (
  SELECT s.status AS short, l.status AS long
  FROM said AS s JOIN said AS l ON s.status <> l.status AND contains(lower(l.status), lower(s.status))
  WHERE s.stage IN ('qualified', 'meeting', 'won') AND l.stage IN ('lost', 'invalid')
),
trapped AS (
  SELECT p.short, g.account_id, g.lead_id, arg_min(g.status, (g.file_id, g.line)) AS status,
         arg_min(g.changed_at, (g.file_id, g.line)) AS changed_at, min((g.file_id, g.line)) AS place
  FROM (SELECT DISTINCT short, long FROM pairs) AS p JOIN log AS g ON g.status IN (p.short, p.long)
  GROUP BY p.short, g.account_id, g.lead_id
  HAVING bool_and(g.status <> p.short)
)
SELECT short AS item, short || ' ⊂ ' || status AS label, account_id, NULL AS money_minor, 1 AS leads, place[1] AS file_id, place[2] AS line,
       lead_id, short AS searched, status, changed_at
FROM trapped
