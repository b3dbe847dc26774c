-- Distinct phone texts with their region: those in use, and of them those never parsed, numbered from 1.
-- Egyptian mobiles, by far the most, are told here: +20 or 0020, or in Egypt 20, 0 or nothing, then 1, one of 0 1 2 5
-- and eight digits, with spaces, hyphens or brackets between. A dot is left to the parser, as ".0" is a spreadsheet's.
-- Reads:  lead_accounts, staging.phones
-- Writes: staging.phones
CREATE OR REPLACE TEMP TABLE used_phones AS
SELECT DISTINCT phone, region FROM lead_accounts WHERE phone IS NOT NULL AND account_id IS NOT NULL;

INSERT INTO staging.phones
WITH bare AS (
  SELECT phone, region, translate(phone, ' ()-', '') AS digits
  FROM used_phones ANTI JOIN staging.phones USING (phone, region)
  WHERE regexp_full_match(phone, '(\+20|\(\+20\)|0020)?[0-9 ()-]*')
)
SELECT phone, region, '+20' || right(digits, 10), 'EG', true, 'MOBILE', NULL FROM bare
WHERE CASE WHEN phone[1] IN ('+', '(') OR phone[1:4] = '0020'
           THEN regexp_full_match(digits, '(\+20|0020)1[0125][0-9]{8}')
           ELSE region = 'EG' AND regexp_full_match(digits, '(20|0)?1[0125][0-9]{8}') END;

CREATE OR REPLACE TEMP TABLE new_phones AS
SELECT row_number() OVER () AS nth, phone, region FROM used_phones ANTI JOIN staging.phones USING (phone, region);
