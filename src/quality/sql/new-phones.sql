-- Distinct phone texts with their region that only the parser can tell: those in use, and of them those never parsed,
-- numbered from 1.
-- Reads:  lead_accounts, staging.phones
CREATE OR REPLACE TEMP TABLE used_phones AS
SELECT DISTINCT phone, region FROM lead_accounts
WHERE phone IS NOT NULL AND account_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE new_phones AS
SELECT row_number() OVER () AS nth, phone, region FROM used_phones ANTI JOIN staging.phones USING (phone, region);
