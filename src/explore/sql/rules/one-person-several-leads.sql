-- Leads of somebody who had left the same phone before in the same account, one row per later lead. Where a phone can be
-- no phone, the same e-mail address counts, if it is not one of the domains reserved for examples. A number that asks
-- in many accounts at once is a broker, which is another rule.
-- Reads:  persons
-- Params: $broker_leads, $broker_accounts
WITH crowds AS (
  SELECT person FROM persons WHERE times >= $broker_leads GROUP BY person
  HAVING count(DISTINCT account_id) >= $broker_accounts
),
ordered AS (
  SELECT *, row_number() OVER w AS nth, first_value(lead_id) OVER w AS first_lead,
         first_value(campaign_id) OVER w AS first_campaign,
         date_diff('day', first_value(day) OVER w, day) AS days_later
  FROM persons ANTI JOIN crowds USING (person)
  WHERE times > 1
  WINDOW w AS (PARTITION BY account_id, person ORDER BY added_at, file_id, line)
)
SELECT account_id AS item, account_id AS label, account_id, NULL AS money_minor, 1 AS leads, file_id, line, lead_id,
       first_lead, campaign_id, campaign_id IS DISTINCT FROM first_campaign AS other_campaign, days_later, person
FROM ordered WHERE nth > 1
