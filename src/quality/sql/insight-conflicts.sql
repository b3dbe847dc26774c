-- Keys that still occur more than once in one file: all their rows count, and are reported.
-- Reads:  staging.insights, insight_repeats
INSERT INTO staging.conflicts
SELECT 'insights', i.file_id, i.level || ' ' || i.entity || ' ' || i.day AS key, min(i.line), count(*)
FROM staging.insights AS i SEMI JOIN insight_repeats AS r ON r.file_id = i.file_id AND r.line = i.line
GROUP BY i.file_id, i.level, i.entity, i.day HAVING count(*) > 1
ORDER BY i.file_id, key;
