-- One row: all that what rows tell depends on, besides the code. Treatments change no row that is looked at, but merges
-- rename projects.
-- rows: of the tables that are looked at, in all.
-- Reads:  raw.files, raw.live, raw.campaigns, raw.insights, raw.campaign_leads, raw.lead_status_changes, marts.built,
--         staging.treatments
SELECT (SELECT list(file_id ORDER BY file_id) FROM raw.files) AS files,
       (SELECT count(*) FROM raw.campaigns) + (SELECT count(*) FROM raw.insights)
       + (SELECT count(*) FROM raw.campaign_leads) + (SELECT count(*) FROM raw.lead_status_changes) AS rows,
       (SELECT max(until) FROM raw.live) AS live,
       (SELECT definitions_version FROM marts.built) AS definitions,
       (SELECT list(treatment_id ORDER BY step) FROM staging.treatments WHERE method = 'merge_projects') AS merges;
