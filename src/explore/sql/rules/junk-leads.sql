-- Leads somebody left to try a form, one row per lead: a name that is no name (test, asdf, aaa, digits, marks, one letter, an address), or an address
-- that says test.
-- Reads:  leads
-- Params: $names, whole names; $parts, a pattern of what no name contains
WITH names AS (SELECT DISTINCT staging.fold(name) AS name_search FROM (SELECT unnest($names::VARCHAR[]) AS name)),
judged AS (
  SELECT l.account_id, l.lead_id, l.campaign_id, l.name, l.email, l.phone, l.added_at, l.file_id, l.line,
         n.name_search IS NOT NULL OR coalesce(
           regexp_matches(l.name_search, $parts) OR regexp_full_match(l.name_search, '[0-9 .+-]+')
           OR (length(l.name_search) >= 3 AND replace(l.name_search, left(l.name_search, 1), '') = '')
           OR regexp_matches(l.name, '@[^ ]+[.]|://|www[.]|<[a-zA-Z/]') OR regexp_full_match(l.name, '[^\p{L}\p{M}\p{N}]*[\p{L}\p{M}\p{N}][^\p{L}\p{M}\p{N}]*')
           OR regexp_full_match(l.name, '[^\p{L}\p{N}]+'), false) AS by_name,
         regexp_matches(lower(l.email), '^(test|tests|testing|asdf|qwerty)[0-9._-]*@') AS by_address
  FROM leads AS l LEFT JOIN names AS n USING (name_search)
)
SELECT CASE WHEN by_name THEN 'name' ELSE 'address' END AS item, CASE WHEN by_name THEN 'name' ELSE 'address' END AS label,
       account_id, NULL AS money_minor, 1 AS leads, file_id, line, lead_id, campaign_id, name, email, phone, added_at
FROM judged WHERE by_name OR by_address
