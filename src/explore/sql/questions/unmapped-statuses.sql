-- Statuses that no stage covers, with the leads that carry them now and their rows in the log; the most frequent ones.
-- Reads:  leads, log
SELECT status, sum(leads)::BIGINT AS leads, sum(changes)::BIGINT AS changes
FROM (
  SELECT status, count(*) AS leads, 0 AS changes FROM leads WHERE stage IS NULL AND status IS NOT NULL GROUP BY 1
  UNION ALL
  SELECT status, 0, count(*) FROM log WHERE stage IS NULL GROUP BY 1
)
GROUP BY 1 ORDER BY sum(leads) + sum(changes) DESC, status LIMIT 20
