-- Leads that treatments leave out.
-- Reads:  treated_leads, staging.treatments
INSERT INTO staging.lead_exclusions
SELECT l.account_id, l.lead_id, t.treatment_id FROM treated_leads AS l JOIN staging.treatments AS t USING (step)
ORDER BY ALL;
