-- Statuses that no stage covers, and those that somebody gave one, with the leads that carry them now and their rows in
-- the log; the most frequent ones.
-- Reads:  leads, log
-- Params: $answered, JSON list of statuses that somebody gave a stage
SELECT status, sum(leads)::BIGINT AS leads, sum(changes)::BIGINT AS changes
FROM (
  SELECT status, count(*) AS leads, 0 AS changes FROM leads
  WHERE status IS NOT NULL AND (stage IS NULL OR list_contains(from_json($answered, '["VARCHAR"]'), status)) GROUP BY 1
  UNION ALL
  SELECT status, 0, count(*) FROM log WHERE stage IS NULL OR list_contains(from_json($answered, '["VARCHAR"]'), status) GROUP BY 1
)
GROUP BY 1 ORDER BY sum(leads) + sum(changes) DESC, status LIMIT 20
