-- Leads that treatments leave out do not count on the corrected basis.
-- Reads:  staging.lead_exclusions, marts.accounts
UPDATE marts.lead_outcome AS l SET corrected = false
FROM staging.lead_exclusions AS x JOIN marts.accounts AS a USING (account_id)
WHERE l.lead_id = x.lead_id AND l.account_key = a.account_key;
