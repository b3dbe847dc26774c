-- Campaigns with at least ten leads in quarters of their spend, by cost per lead, the cheapest first.
-- Reads:  insights, leads
WITH cost AS (
  SELECT i.account_id, i.campaign_id, i.spend_minor, l.leads, i.spend_minor / l.leads AS cpl
  FROM (SELECT account_id, campaign_id, sum(spend_minor) AS spend_minor FROM insights GROUP BY ALL) AS i
  JOIN (SELECT account_id, campaign_id, count(*) AS leads FROM leads GROUP BY ALL) AS l
    USING (account_id, campaign_id)
  WHERE l.leads >= 10 AND i.spend_minor > 0
),
ranked AS (
  SELECT *, (sum(spend_minor) OVER (ORDER BY cpl, account_id, campaign_id) - spend_minor / 2)
            / sum(spend_minor) OVER () AS place
  FROM cost
)
SELECT least(floor(place * 4), 3)::INTEGER AS quarter, count(*) AS campaigns, sum(leads)::BIGINT AS leads,
       sum(spend_minor)::BIGINT AS spend_minor, sum(spend_minor) / sum(leads) AS cpl_minor
FROM ranked GROUP BY 1 ORDER BY 1
