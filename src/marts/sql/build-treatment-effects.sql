-- One row per treatment in force, campaign and day on which it changes the corrected basis.
-- Reads:  staging.treatment_effects, staging.treatments, marts.accounts, campaign_keys, staging.settings
INSERT INTO marts.treatment_effects
SELECT e.step, e.treatment_id, t.rule, k.campaign_key, a.account_key, k.project_key, e.day,
       e.day + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND + to_seconds(a.lag_hours * 3600), e.spend_minor, e.leads
FROM staging.treatment_effects AS e
JOIN staging.treatments AS t USING (step)
JOIN marts.accounts AS a ON a.account_id = e.account_id
LEFT JOIN campaign_keys AS k ON k.campaign_id = e.campaign_id
ORDER BY e.step, e.day, k.campaign_key, a.account_key;
