-- Rows whose id a spreadsheet damaged, one row per row: written as 1.23E+11, or so long that only its first fifteen digits
-- were kept and zeros stand for the rest (told only where most long ids of the column end so).
-- Reads:  campaigns, leads, log, insights
WITH ids AS (
  SELECT 'campaigns' AS place, account_id, campaign_id AS id, file_id, line FROM campaigns WHERE file_id IS NOT NULL
  UNION ALL SELECT 'leads', account_id, lead_id, file_id, line FROM leads
  UNION ALL SELECT 'leads.campaign_id', account_id, campaign_id, file_id, line FROM leads WHERE campaign_id IS NOT NULL
  UNION ALL SELECT 'log', account_id, lead_id, file_id, line FROM log
  UNION ALL SELECT 'insights', account_id, campaign_id, file_id, line FROM insights
),
suspects AS (
  SELECT *, contains(upper(id), 'E+') AS written FROM ids WHERE contains(upper(id), 'E+') OR length(id) >= 17
),
judged AS (
  SELECT *,
         CASE WHEN written AND regexp_full_match(id, '[0-9]+([.,][0-9]+)?[eE]\+[0-9]+') THEN 'scientific'
              WHEN NOT written AND ltrim(substr(id, 16), '0') = '' AND regexp_full_match(id, '[0-9]+')
              THEN 'cut' END AS kind,
         avg((NOT written AND ltrim(substr(id, 16), '0') = '')::INTEGER) OVER (PARTITION BY place) AS cut_share
  FROM suspects
)
SELECT place || ' · ' || kind AS item, place AS label, account_id, NULL AS money_minor,
       CASE place WHEN 'leads' THEN 1 ELSE 0 END AS leads, file_id, line, place, id, kind
FROM judged WHERE kind = 'scientific' OR (kind = 'cut' AND cut_share >= 0.5)
