-- Two rows at most: days on which several campaigns of one account and project spent, and days on which one did, of
-- projects that know both.
-- Reads:  insights, leads, campaigns
WITH spent AS (
  SELECT i.account_id, c.project_name, i.day, i.campaign_id, sum(i.spend_minor) AS spend_minor
  FROM insights AS i JOIN campaigns AS c USING (account_id, campaign_id)
  WHERE c.project_name IS NOT NULL GROUP BY ALL HAVING sum(i.spend_minor) > 0
),
came AS (
  SELECT account_id, project_name, day, count(*) AS leads FROM leads WHERE project_name IS NOT NULL GROUP BY ALL
),
days AS (
  SELECT s.account_id, s.project_name, s.day, count(*) > 1 AS several, sum(s.spend_minor) AS spend_minor,
         coalesce(any_value(l.leads), 0) AS leads
  FROM spent AS s LEFT JOIN came AS l USING (account_id, project_name, day)
  GROUP BY s.account_id, s.project_name, s.day
),
both_known AS (
  SELECT account_id, project_name FROM days GROUP BY ALL HAVING bool_or(several) AND NOT bool_and(several)
)
SELECT several, count(*) AS days, count(DISTINCT (account_id, project_name)) AS projects, sum(spend_minor)::BIGINT AS spend_minor,
       sum(leads)::BIGINT AS leads
FROM days SEMI JOIN both_known USING (account_id, project_name)
GROUP BY several ORDER BY several
