-- Distinct phone texts with their region that were never parsed, numbered from 1.
-- Reads:  lead_accounts, staging.phones
CREATE OR REPLACE TEMP TABLE new_phones AS
SELECT row_number() OVER () AS nth, phone, region
FROM (SELECT DISTINCT phone, region FROM lead_accounts WHERE phone IS NOT NULL AND account_id IS NOT NULL)
ANTI JOIN staging.phones USING (phone, region);
