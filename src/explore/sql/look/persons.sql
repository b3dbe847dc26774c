-- Leads with who they are: the phone in one form, else, where it can be no phone, the e-mail address unless its domain is
-- one reserved for examples. person: null where neither tells; times: leads of that person; digits: those of the phone.
-- Reads:  leads
WITH usable AS (
  SELECT account_id, lead_id, campaign_id, project_name, name_search, phone, phone_valid, email, added_at, day, file_id, line,
         CASE WHEN phone_valid THEN phone_e164[2:]
              WHEN regexp_full_match(phone, '[+]?[0-9]+') THEN ltrim(phone, '+')
              ELSE regexp_replace(staging.latin_digits(phone), '[^0-9]', '', 'g') END AS digits
  FROM leads
),
named AS MATERIALIZED (
  SELECT * EXCLUDE (email),
         CASE WHEN length(digits) BETWEEN 8 AND 15 AND replace(right(digits, 8), right(digits, 1), '') <> ''
                   AND NOT contains(digits, '12345678') AND (phone_valid OR NOT contains(upper(phone), 'E')) THEN digits
              WHEN NOT regexp_matches(lower(email), '@(.+\.)?(example\.(com|net|org)|example|test|invalid)$')
              THEN lower(email) END AS person
  FROM usable
),
repeated AS (
  SELECT person, count(*) AS times FROM named WHERE person IS NOT NULL GROUP BY person HAVING count(*) > 1
)
SELECT n.*, coalesce(r.times, 1) AS times FROM named AS n LEFT JOIN repeated AS r ON r.person = n.person
