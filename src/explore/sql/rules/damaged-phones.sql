-- Leads with a phone that can be no phone, one row per lead, by what is wrong with it:
--   spreadsheet  written as 1.23E+11, as a number with decimals, or rounded to millions
--                                           repeated  one digit over and over, or 12345678
--   wordy        no digit at all            short     too few digits: cut off, or a country code alone
--   long         too many: two in one cell  impossible  a number that its country does not have
-- A foreign number without its plus sign is none of these where other leads have numbers that begin like it. Where most
-- phones are impossible they are placeholders, which another rule says once.
-- Reads:  leads, persons
WITH beginnings AS (
  SELECT substr(phone_e164, 2, 4) AS beginning, length(phone_e164) - 1 AS digits_total
  FROM leads WHERE phone_valid GROUP BY ALL HAVING count(*) >= 3
),
-- One number of a million ends in six zeros; several are rounded.
rounded AS (SELECT count(*) AS n FROM persons WHERE phone_valid AND right(digits, 6) = '000000'),
kinds AS MATERIALIZED (
  SELECT l.*,
         CASE
           WHEN replace(right(digits, 8), right(digits, 1), '') = '' AND length(digits) >= 8 OR (length(digits) >= 5
                AND replace(digits, right(digits, 1), '') = '') THEN 'repeated'
           WHEN contains(digits, '12345678') OR contains(digits, '87654321') THEN 'repeated'
           WHEN regexp_full_match(trim(phone), '[+]?[0-9]{7,}[.,]0+')
                OR (phone_valid AND right(digits, 6) = '000000' AND (SELECT n FROM rounded) >= 3) THEN 'spreadsheet'
           WHEN phone_valid THEN NULL
           WHEN contains(upper(phone), 'E') AND regexp_full_match(phone, '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+')
             THEN 'spreadsheet'
           WHEN digits = '' THEN 'wordy'
           WHEN length(digits) < 7 THEN 'short'
           WHEN length(digits) > 15 THEN 'long'
           WHEN b.beginning IS NOT NULL AND phone[1] <> '+' AND digits[1] <> '0' THEN NULL
           ELSE 'impossible'
         END AS kind
  FROM persons AS l
  LEFT JOIN beginnings AS b ON b.beginning = left(l.digits, 4) AND b.digits_total = length(l.digits)
  WHERE l.phone IS NOT NULL
)
SELECT kind AS item, kind AS label, account_id, NULL AS money_minor, 1 AS leads, file_id, line, lead_id, campaign_id,
       phone, kind
FROM kinds
WHERE kind IS NOT NULL
  AND (kind <> 'impossible' OR (SELECT avg((kind IS NOT DISTINCT FROM 'impossible')::INTEGER) FROM kinds) < 0.5)
