-- One row per campaign that spent: spend, leads, judged and qualified leads of days whose leads are old enough.
-- Reads:  insights, leads, campaigns
-- Params: $mature_until (date)
WITH spent AS (
  SELECT account_id, campaign_id, sum(spend_minor)::BIGINT AS spend_minor
  FROM insights WHERE day <= $mature_until::DATE GROUP BY ALL
),
came AS (
  SELECT account_id, campaign_id, count(*) AS leads, count(*) FILTER (stage IS NOT NULL AND NOT undecided) AS judged,
         count(*) FILTER (stage IN ('qualified', 'meeting', 'won')) AS qualified
  FROM leads WHERE day <= $mature_until::DATE AND campaign_id IS NOT NULL GROUP BY ALL
)
SELECT s.account_id, s.campaign_id, coalesce(c.campaign_name, s.campaign_id) AS name, s.spend_minor,
       coalesce(l.leads, 0) AS leads, coalesce(l.judged, 0) AS judged, coalesce(l.qualified, 0) AS qualified
FROM spent AS s
LEFT JOIN came AS l USING (account_id, campaign_id)
LEFT JOIN campaigns AS c USING (account_id, campaign_id)
WHERE s.spend_minor > 0
ORDER BY s.account_id, s.campaign_id
