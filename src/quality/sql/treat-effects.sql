-- One row per step, campaign and day on which it changes something: by how much, after the steps before it.
-- Reads:  treated_rows, treated_leads, staging.insights, staging.campaigns, staging.campaign_leads
WITH changes AS (
  SELECT *, lag(spend_minor) OVER earlier AS spend_before, row_number() OVER earlier AS nth
  FROM treated_rows WINDOW earlier AS (PARTITION BY file_id, line ORDER BY step)
),
delivery AS (
  SELECT t.step, c.account_id, i.campaign_id, i.day, count(*) AS rows,
         sum(coalesce(t.spend_minor, 0) - coalesce(CASE WHEN t.nth = 1 THEN i.spend_minor ELSE t.spend_before END, 0))
           ::BIGINT AS spend_minor, 0 AS leads
  FROM changes AS t
  JOIN staging.insights AS i ON i.file_id = t.file_id AND i.line = t.line
  JOIN staging.campaigns AS c ON c.campaign_id = i.campaign_id
  GROUP BY ALL
),
asked AS (
  SELECT t.step, l.account_id, l.campaign_id, l.added_at::DATE AS day, count(*) AS rows, 0 AS spend_minor,
         -count(*) AS leads
  FROM treated_leads AS t JOIN staging.campaign_leads AS l ON l.account_id = t.account_id AND l.lead_id = t.lead_id
  GROUP BY ALL
)
SELECT step, account_id, campaign_id, day, sum(rows)::BIGINT AS rows, sum(spend_minor)::BIGINT AS spend_minor,
       sum(leads)::BIGINT AS leads
FROM (FROM delivery UNION ALL FROM asked)
GROUP BY step, account_id, campaign_id, day
