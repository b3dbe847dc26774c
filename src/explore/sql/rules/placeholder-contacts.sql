-- One row per sign that contacts are placeholders rather than people's: rows that show it of rows that could.
-- Reads:  leads
SELECT 'addresses' AS sign, count(*) FILTER (WHERE regexp_matches(lower(email),
         '@(.+\.)?(example\.(com|net|org)|example|test|invalid|localhost)$')) AS n, count(email) AS total FROM leads
UNION ALL
SELECT 'phones', count(*) FILTER (WHERE NOT phone_valid), count(phone) FROM leads
UNION ALL
SELECT 'names', count(*) FILTER (WHERE regexp_full_match(name_search,
         '(lead|user|customer|client|name|person|contact|عميل|شخص)[ _#-]*[0-9]+')), count(name) FROM leads
UNION ALL
SELECT 'digests', count(*) FILTER (WHERE regexp_full_match(coalesce(phone, email), '[0-9a-f]{32,64}')),
       count(coalesce(phone, email)) FROM leads
