-- What the treatments in force changed, as the state from which further ones are tried; step 0.
-- Reads:  staging.insight_corrections
INSERT INTO treated_rows
SELECT file_id, line, 0, excluded, spend_minor, impressions, clicks, reach FROM staging.insight_corrections;
