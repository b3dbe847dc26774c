-- Leads whose log goes from new to won with nothing between, one row per lead: its first row that is not new. Leads that
-- have no new row before were won before their log began. won_leads: all leads that the log ever calls won.
-- Reads:  steps, log
WITH reached AS (
  SELECT *, row_number() OVER (PARTITION BY account_id, lead_id ORDER BY changed_at, file_id, line) AS nth
  FROM steps WHERE stage IS DISTINCT FROM 'new'
)
SELECT from_status || ' → ' || status AS item, from_status || ' → ' || status AS label, account_id, NULL AS money_minor,
       1 AS leads, file_id, line, lead_id, from_status, status, changed_at, round(minutes, 2) AS minutes,
       (SELECT count(DISTINCT (account_id, lead_id)) FROM log WHERE stage = 'won') AS won_leads
FROM reached WHERE nth = 1 AND stage = 'won' AND from_stage = 'new'
