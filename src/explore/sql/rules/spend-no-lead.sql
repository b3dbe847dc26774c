-- Campaigns that spent and brought no lead, one row per campaign, with the leads that its account's own rate would have
-- brought for the money (pulled towards the rate of all where the account has few) and the chance of none at that rate.
-- as_large: campaigns, with leads or without, of which none would be no chance.
-- Reads:  insights, leads, campaigns
-- Params: $chance
WITH spent AS (
  SELECT account_id, campaign_id, sum(spend_minor)::BIGINT AS spend_minor, min(day) AS first_day, max(day) AS last_day,
         min(file_id) AS file_id, arg_min(line, (file_id, line)) AS line
  FROM insights GROUP BY ALL
),
led AS (SELECT account_id, campaign_id, count(*) AS leads FROM leads GROUP BY ALL),
paired AS (
  SELECT s.*, coalesce(l.leads, 0) AS leads FROM spent AS s LEFT JOIN led AS l USING (account_id, campaign_id)
),
rates AS (
  SELECT *, (sum(leads) OVER account + 1) / nullif(sum(spend_minor) OVER account
            + sum(spend_minor) OVER () / nullif(sum(leads) OVER (), 0), 0) AS leads_per_minor
  FROM paired WHERE spend_minor > 0
  WINDOW account AS (PARTITION BY account_id)
)
SELECT r.campaign_id AS item, r.campaign_id AS label, r.account_id, r.spend_minor AS money_minor, 0 AS leads,
       coalesce(c.file_id, r.file_id) AS file_id, coalesce(c.line, r.line) AS line, r.campaign_id, c.project_name, r.first_day,
       r.last_day, r.spend_minor, round(r.spend_minor * r.leads_per_minor, 1) AS leads_expected,
       exp(-r.spend_minor * r.leads_per_minor) AS chance,
       (SELECT count(*) FROM rates WHERE exp(-spend_minor * leads_per_minor) < $chance) AS as_large
FROM rates AS r
LEFT JOIN campaigns AS c ON c.account_id = r.account_id AND c.campaign_id = r.campaign_id
WHERE r.leads = 0
