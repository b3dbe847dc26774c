-- Campaigns by spend, most first: spend and qualified leads.
-- Reads:  insights, leads
WITH spent AS (
  SELECT account_id, campaign_id, sum(spend_minor)::BIGINT AS spend_minor FROM insights GROUP BY ALL HAVING sum(spend_minor) > 0
),
good AS (
  SELECT account_id, campaign_id, count(*) AS qualified FROM leads
  WHERE stage IN ('qualified', 'meeting', 'won') AND campaign_id IS NOT NULL GROUP BY ALL
)
SELECT s.campaign_id, s.spend_minor, coalesce(g.qualified, 0) AS qualified
FROM spent AS s LEFT JOIN good AS g USING (account_id, campaign_id)
ORDER BY s.spend_minor DESC, s.account_id, s.campaign_id
