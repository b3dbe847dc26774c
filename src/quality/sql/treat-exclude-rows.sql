-- Leaves out insights rows by file and line.
-- Reads:  insights_now
-- Params: $step, $targets (JSON list of ranges of lines, both ends inclusive)
INSERT INTO treated_rows
SELECT i.file_id, i.line, $step, true, NULL, NULL, NULL, NULL
FROM insights_now AS i
SEMI JOIN staging.target_lines($targets, 'insights') AS n ON n.file_id = i.file_id AND n.line = i.line;
