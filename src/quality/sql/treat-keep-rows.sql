-- What each treated insights row counts in the end.
-- Reads:  treated_rows, staging.treatments
INSERT INTO staging.insight_corrections
SELECT r.file_id, r.line, t.treatment_id, r.excluded, r.spend_minor, r.impressions, r.clicks, r.reach
FROM treated_rows AS r JOIN staging.treatments AS t USING (step)
QUALIFY row_number() OVER (PARTITION BY r.file_id, r.line ORDER BY r.step DESC) = 1
ORDER BY r.file_id, r.line;
