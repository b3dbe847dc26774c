-- One row: all that what rows tell depends on, besides the code. Treatments change no row that is looked at, but merges
-- rename projects.
-- Reads:  raw.files, marts.built, staging.treatments
SELECT (SELECT list(file_id ORDER BY file_id) FROM raw.files) AS files,
       (SELECT definitions_version FROM marts.built) AS definitions,
       (SELECT list(treatment_id ORDER BY step) FROM staging.treatments WHERE method = 'merge_projects') AS merges;
