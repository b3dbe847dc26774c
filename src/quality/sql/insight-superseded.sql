-- Insights rows whose key a newer file holds.
-- Reads:  insight_repeats
INSERT INTO staging.drops
WITH newest AS (
  SELECT level, owner, entity, day, max(file_id) AS file_id FROM insight_repeats
  GROUP BY ALL HAVING min(file_id) < max(file_id)
)
SELECT 'insights', r.file_id, r.line, 'superseded'
FROM insight_repeats AS r JOIN newest AS n USING (level, owner, entity, day)
WHERE r.file_id < n.file_id ORDER BY ALL;
