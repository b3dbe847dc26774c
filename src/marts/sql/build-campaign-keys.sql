-- One row per campaign with its keys, for the joins of the build.
-- Reads:  staging.campaigns, staging.settings, marts.accounts, marts.projects
CREATE OR REPLACE TEMP TABLE campaign_keys AS
SELECT row_number() OVER (ORDER BY c.campaign_id)::INTEGER AS campaign_key, c.campaign_id, a.account_key,
       p.project_key, a.all_in_factor, a.time_zone, s.lag_hours
FROM staging.campaigns AS c
JOIN marts.accounts AS a USING (account_id)
LEFT JOIN marts.projects AS p USING (project_name)
LEFT JOIN staging.settings AS own ON own.account_id = c.account_id
JOIN staging.settings AS s ON s.settings_id = coalesce(own.settings_id, 0);
