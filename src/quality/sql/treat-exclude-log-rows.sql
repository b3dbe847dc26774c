-- Leaves out lines of the status log by file and line.
-- Reads:  staging.lead_status_changes, treated_log
-- Params: $step, $targets (JSON list of ranges of lines, both ends inclusive)
INSERT INTO treated_log
SELECT c.file_id, c.line, $step
FROM staging.lead_status_changes AS c
SEMI JOIN staging.target_lines($targets, 'lead_status_changes') AS n ON n.file_id = c.file_id AND n.line = c.line
ANTI JOIN treated_log AS t ON t.file_id = c.file_id AND t.line = c.line;
