-- Campaign rows whose project is written otherwise than its usual spelling, or with surplus spaces or invisible
-- characters; one row per row. Spellings belong together when they differ in case, spaces, punctuation, harakat or the
-- forms of Arabic letters. unclean: spaces around, or zero-width characters; untidy: other spaces and marks; visible: what differs can be seen, so cleaning alone does not mend it.
-- Reads:  campaigns, insights, leads
WITH named AS (
  SELECT *, regexp_replace(project_search, '[^\p{L}\p{N}]', '', 'g') AS sound,
         project_written <> trim(project_written) OR regexp_matches(project_written, '[\x{200B}-\x{200F}\x{FEFF}]') AS unclean,
         regexp_matches(project_written, '[\x{00A0}\x{202A}-\x{202E}\x{2060}-\x{2069}\t]|\s\s') AS untidy
  FROM campaigns WHERE project_written IS NOT NULL
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
)
SELECT n.project_written AS item, coalesce(u.name, n.project_name) AS label, n.account_id, s.spend_minor AS money_minor, NULL AS leads,
       n.file_id, n.line, n.campaign_id, n.project_written AS written, n.project_name AS cleaned, coalesce(u.name, n.project_name) AS usual,
       n.unclean, n.untidy, n.project_name <> u.name AS visible, n.project_search AS folded
FROM named AS n
LEFT JOIN usual AS u ON u.sound = n.sound
LEFT JOIN (SELECT account_id, campaign_id, sum(spend_minor)::BIGINT AS spend_minor FROM insights GROUP BY ALL) AS s
       ON s.account_id = n.account_id AND s.campaign_id = n.campaign_id
WHERE n.unclean OR n.untidy OR n.project_name <> u.name
