-- Lines of the status log that treatments leave out.
-- Reads:  treated_log, staging.treatments
INSERT INTO staging.log_exclusions
SELECT l.file_id, l.line, t.treatment_id FROM treated_log AS l JOIN staging.treatments AS t USING (step) ORDER BY ALL;
