-- Makes room for what treatments do.
DROP TABLE IF EXISTS staging.treatments;
DROP TABLE IF EXISTS staging.insight_corrections;
DROP TABLE IF EXISTS staging.lead_exclusions;
DROP TABLE IF EXISTS staging.log_exclusions;
DROP TABLE IF EXISTS staging.treatment_effects;
DROP TABLE IF EXISTS staging.project_merges;
