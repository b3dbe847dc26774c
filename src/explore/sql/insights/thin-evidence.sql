-- One row: how many qualified leads accounts and campaigns have to be judged by.
-- Reads:  leads, insights
WITH accounts_ AS (
  SELECT account_id, count(*) AS leads, count(*) FILTER (stage IN ('qualified', 'meeting', 'won')) AS qualified
  FROM leads WHERE campaign_id IS NOT NULL GROUP BY 1
),
delivered AS (
  SELECT i.account_id, i.campaign_id, any_value(l.leads) AS leads
  FROM insights AS i
  LEFT JOIN (SELECT account_id, campaign_id, count(*) AS leads FROM leads GROUP BY ALL) AS l
         USING (account_id, campaign_id)
  WHERE i.spend_minor > 0 GROUP BY ALL
)
SELECT count(*) AS accounts, count(*) FILTER (qualified >= 40) AS enough, count(*) FILTER (qualified = 0) AS without,
       (SELECT median(coalesce(leads, 0)) FROM delivered) AS median_leads
FROM accounts_
