-- Leads with who they are: the phone in one form, else, where it can be no phone, the e-mail address unless its domain is
-- one reserved for examples. person: null where neither tells; digits: those of the phone.
-- Reads:  leads
WITH usable AS (
  SELECT account_id, lead_id, campaign_id, project_name, phone, phone_valid, email, added_at, day, file_id, line,
         CASE WHEN phone_valid THEN phone_e164[2:]
              WHEN regexp_full_match(phone, '[+]?[0-9]+') THEN ltrim(phone, '+')
              ELSE regexp_replace(staging.latin_digits(phone), '[^0-9]', '', 'g') END AS digits
  FROM leads
)
SELECT *,
       CASE WHEN length(digits) BETWEEN 8 AND 15 AND replace(right(digits, 8), right(digits, 1), '') <> ''
                 AND NOT contains(digits, '12345678') AND (phone_valid OR NOT contains(upper(phone), 'E')) THEN digits
            WHEN NOT regexp_matches(lower(email), '@(.+\.)?(example\.(com|net|org)|example|test|invalid)$')
            THEN lower(email) END AS person
FROM usable
