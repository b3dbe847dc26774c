-- Leads that the treatments in force leave out; step 0.
-- Reads:  staging.lead_exclusions
INSERT INTO treated_leads SELECT account_id, lead_id, 0 FROM staging.lead_exclusions;
