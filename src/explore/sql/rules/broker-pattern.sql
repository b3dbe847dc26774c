-- Leads of a phone or address that asks everywhere: many leads in several accounts, or in several projects of one
-- account, within a stretch of days; at any time where they are twice as many, or under several names. One row per lead.
-- Reads:  persons
-- Params: $broker_names, $broker_leads, $broker_accounts, $broker_projects, $days
WITH crowds AS (
  SELECT person, count(*) AS asked, count(DISTINCT account_id) AS accounts, count(DISTINCT project_name) AS projects,
         count(DISTINCT name_search) AS names, date_diff('day', min(day), max(day)) AS span
  FROM persons WHERE times >= $broker_leads GROUP BY person
  HAVING (count(DISTINCT account_id) >= $broker_accounts OR count(DISTINCT project_name) >= $broker_projects)
     AND (count(*) >= 2 * $broker_leads OR count(DISTINCT name_search) >= $broker_names
          OR date_diff('day', min(day), max(day)) <= $days * count(*) / $broker_leads)
)
SELECT md5(person) AS item, person AS label, p.account_id, NULL AS money_minor, 1 AS leads, p.file_id, p.line, p.lead_id,
       p.campaign_id, p.project_name, p.added_at, c.asked, c.accounts, c.names, c.span AS span_days, person
FROM persons AS p JOIN crowds AS c USING (person)
