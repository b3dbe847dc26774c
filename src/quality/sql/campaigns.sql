-- One row per campaign whose account is known: its line's account; else the one that insights or leads name (the
-- latest day's); else 'main' where a line or a campaign name says that the campaign exists.
-- Most insights and leads say nothing of their campaign, and most projects have many campaigns: the former are left
-- out before any join, the latter cleaned once.
-- Reads:  staging.received_campaigns, staging.received_insights, staging.received_campaign_leads, raw.files, staging.drops, staging.settings
INSERT INTO staging.campaigns
WITH lines AS (
  SELECT c.*, coalesce(c.account_id, f.account) AS account, f.currency
  FROM staging.received_campaigns AS c
  LEFT JOIN raw.files AS f ON f.file_id = c.file_id
  ANTI JOIN staging.drops AS d ON d.table_name = 'campaigns' AND d.file_id = c.file_id AND d.line = c.line
),
telling_insights AS (
  SELECT * FROM staging.received_insights
  WHERE account_id IS NOT NULL OR campaign_name IS NOT NULL
        OR file_id IN (SELECT file_id FROM raw.files WHERE account IS NOT NULL OR currency IS NOT NULL)
),
delivered AS (
  SELECT i.campaign_id,
         arg_max(coalesce(i.account_id, f.account), (i.day, coalesce(i.account_id, f.account)))
           FILTER (WHERE coalesce(i.account_id, f.account) IS NOT NULL) AS account,
         arg_max(i.campaign_name, (i.day, i.campaign_name)) FILTER (WHERE i.campaign_name IS NOT NULL) AS name,
         arg_max(f.currency, (i.day, f.currency)) FILTER (WHERE f.currency IS NOT NULL) AS currency
  FROM telling_insights AS i LEFT JOIN raw.files AS f ON f.file_id = i.file_id
  ANTI JOIN staging.drops AS d ON d.table_name = 'insights' AND d.file_id = i.file_id AND d.line = i.line
  GROUP BY i.campaign_id
),
telling_leads AS (
  SELECT * FROM staging.received_campaign_leads
  WHERE campaign_id IS NOT NULL
        AND (account_id IS NOT NULL OR campaign_name IS NOT NULL OR project_name IS NOT NULL
             OR file_id IN (SELECT file_id FROM raw.files WHERE account IS NOT NULL))
),
asked AS (
  SELECT l.campaign_id,
         arg_max(coalesce(l.account_id, f.account), (l.added_at, coalesce(l.account_id, f.account)))
           FILTER (WHERE coalesce(l.account_id, f.account) IS NOT NULL) AS account,
         arg_max(l.campaign_name, (l.added_at, l.campaign_name)) FILTER (WHERE l.campaign_name IS NOT NULL) AS name,
         arg_max(l.project_name, (l.added_at, l.project_name)) FILTER (WHERE l.project_name IS NOT NULL) AS project
  FROM telling_leads AS l LEFT JOIN raw.files AS f ON f.file_id = l.file_id
  ANTI JOIN staging.drops AS d ON d.table_name = 'campaign_leads' AND d.file_id = l.file_id AND d.line = l.line
  GROUP BY l.campaign_id
),
ids AS (
  SELECT campaign_id FROM lines UNION SELECT campaign_id FROM delivered UNION SELECT campaign_id FROM asked
),
known AS (
  SELECT campaign_id,
         coalesce(l.account, i.account, a.account,
                  CASE WHEN l.campaign_id IS NOT NULL OR i.name IS NOT NULL OR a.name IS NOT NULL
                       THEN 'main' END) AS account_id,
         staging.normalise(coalesce(l.campaign_name, i.name, a.name)) AS campaign_name,
         coalesce(l.project_name, a.project) AS project_text,
         coalesce(i.currency, l.currency) AS currency,
         l.daily_budget_minor, l.start_time, l.stop_time, l.attributes, l.file_id, l.line
  FROM ids
  LEFT JOIN lines AS l USING (campaign_id)
  LEFT JOIN delivered AS i USING (campaign_id)
  LEFT JOIN asked AS a USING (campaign_id)
),
projects AS (
  SELECT project_text, staging.normalise(project_text) AS project_name
  FROM (SELECT DISTINCT project_text FROM known WHERE project_text IS NOT NULL)
),
named AS (SELECT *, staging.fold(project_name) AS project_search FROM projects)
SELECT k.campaign_id, k.account_id, k.campaign_name, p.project_name, p.project_search,
       k.daily_budget_minor, coalesce(k.currency, s.currency), k.start_time, k.stop_time, k.attributes,
       k.file_id, k.line
FROM known AS k
LEFT JOIN named AS p USING (project_text)
LEFT JOIN staging.settings AS own ON own.account_id = k.account_id
JOIN staging.settings AS s ON s.settings_id = coalesce(own.settings_id, 0)
WHERE k.account_id IS NOT NULL AND NOT ends_with(k.campaign_id, ' @ ?') ORDER BY k.campaign_id;
