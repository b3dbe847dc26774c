-- Campaign rows whose project is written otherwise than its usual spelling, or with surplus spaces or invisible
-- characters; one row per row. Spellings belong together when they differ in case, spaces, punctuation, accents, harakat, the
-- forms of Arabic letters or letters of another script that look the same; and, within an account, where a rarer name of six letters and more is a commoner one with two
-- letters exchanged or, where it is much rarer, one too few or too many in a word (numbers tell projects apart). unclean: spaces around, or zero-width characters; untidy: other spaces and marks; visible: what differs can be seen, so cleaning alone does not mend it.
-- Reads:  campaigns, insights, leads
WITH written AS MATERIALIZED (
  SELECT project_written, project_search,
         translate(strip_accents(regexp_replace(project_search, '[^\p{L}\p{N}]', '', 'g')),
                   'аеорсухкмтвніјѕａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ', 'aeopcyxkmtbhijsabcdefghijklmnopqrstuvwxyz') AS sound,
         project_written <> trim(project_written) OR regexp_matches(project_written, '[\x{200B}-\x{200F}\x{FEFF}]') AS unclean,
         regexp_matches(project_written, '[\x{00A0}\x{202A}-\x{202E}\x{2060}-\x{2069}\t]|\s\s') AS untidy
  FROM (SELECT DISTINCT project_written, project_search FROM campaigns WHERE project_written IS NOT NULL)
),
named AS (
  SELECT c.*, w.sound, w.unclean, w.untidy
  FROM campaigns AS c
  JOIN written AS w ON w.project_written = c.project_written AND w.project_search IS NOT DISTINCT FROM c.project_search
),
spellings AS (
  SELECT sound, project_name, count(*) AS rows, min(start_time) AS first_start
  FROM named WHERE sound <> '' GROUP BY ALL
),
-- The commonest spelling; of equals the careful one: capitals, and the Arabic letters that haste leaves out.
usual AS (
  SELECT sound, arg_max(project_name, (rows, length(regexp_replace(project_name, '[^أإآةىؤئ]', '', 'g')),
                                       project_name <> lower(project_name), project_name)) AS name, count(*) AS forms
  FROM spellings GROUP BY sound
),
heard AS (
  SELECT account_id, sound, any_value(project_search) AS search, count(*) AS rows,
         regexp_replace(sound, '[^\p{N}]', '', 'g') AS numbers,
         length(regexp_replace(any_value(project_search), '[^ ]', '', 'g')) AS spaces
  FROM named WHERE length(sound) >= 6 GROUP BY account_id, sound
),
slips AS (
  SELECT r.account_id, r.sound, arg_max(m.sound, (m.rows, m.sound)) AS meant
  FROM heard AS r
  JOIN heard AS m ON m.account_id = r.account_id AND m.rows > r.rows AND m.numbers = r.numbers AND m.spaces = r.spaces
  WHERE abs(length(m.sound) - length(r.sound)) <= 1 AND damerau_levenshtein(r.sound, m.sound) = 1
    AND CASE WHEN length(m.sound) = length(r.sound) THEN levenshtein(r.sound, m.sound) = 2 ELSE 3 * r.rows <= m.rows END
    AND NOT regexp_matches(r.search, '(^| )[ivx]+$') AND NOT regexp_matches(m.search, '(^| )[ivx]+$')
  GROUP BY ALL
)
SELECT n.project_written AS item, coalesce(u.name, n.project_name) AS label, n.account_id, s.spend_minor AS money_minor, NULL AS leads,
       n.file_id, n.line, n.campaign_id, n.project_written AS written, n.project_name AS cleaned, coalesce(u.name, n.project_name) AS usual,
       n.unclean, n.untidy, n.project_name <> u.name AS visible, n.project_search AS folded
FROM named AS n
LEFT JOIN slips AS t ON t.account_id = n.account_id AND t.sound = n.sound
LEFT JOIN usual AS u ON u.sound = coalesce(t.meant, n.sound)
LEFT JOIN (SELECT account_id, campaign_id, sum(spend_minor)::BIGINT AS spend_minor FROM insights GROUP BY ALL) AS s
       ON s.account_id = n.account_id AND s.campaign_id = n.campaign_id
WHERE n.unclean OR n.untidy OR n.project_name <> u.name
