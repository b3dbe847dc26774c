-- Distinct phone texts with their region that are not plainly Egyptian mobiles, and of them those never parsed, numbered
-- from 1. What is told by one look is told here; the parser tells the others.
-- Reads:  lead_accounts, staging.phones
CREATE OR REPLACE TEMP TABLE used_phones AS
SELECT DISTINCT phone, region FROM lead_accounts
WHERE phone IS NOT NULL AND account_id IS NOT NULL;

INSERT INTO staging.phones
SELECT phone, region, NULL, 'EG', false, NULL, 'too_long'
FROM used_phones ANTI JOIN staging.phones USING (phone, region) WHERE staging.egyptian_overlong(phone);

CREATE OR REPLACE TEMP TABLE new_phones AS
SELECT row_number() OVER () AS nth, phone, region FROM used_phones ANTI JOIN staging.phones USING (phone, region);
