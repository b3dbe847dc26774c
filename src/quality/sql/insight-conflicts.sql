-- Keys that still occur more than once in one file: all their rows count, and are reported.
-- Reads:  insight_repeats, staging.drops
INSERT INTO staging.conflicts
SELECT 'insights', r.file_id, r.level || ' ' || r.entity || ' ' || r.day AS key, min(r.line), count(*)
FROM insight_repeats AS r
ANTI JOIN staging.drops AS d ON d.table_name = 'insights' AND d.file_id = r.file_id AND d.line = r.line
GROUP BY r.file_id, r.level, r.owner, r.entity, r.day HAVING count(*) > 1
ORDER BY r.file_id, key, r.owner;
