-- One row per project name, written alike by all who mean it.
-- Reads:  staging.campaigns
INSERT INTO marts.projects
SELECT row_number() OVER (ORDER BY lower(project_name), project_name), project_name, any_value(project_search)
FROM staging.campaigns WHERE project_name IS NOT NULL GROUP BY project_name ORDER BY project_name;
