-- One row: campaigns that have leads and no qualified one, split by whether any of their leads was judged.
-- Reads:  leads, insights
WITH outcome AS (
  SELECT account_id, campaign_id, count(*) AS leads, count(*) FILTER (undecided) AS undecided,
         count(*) FILTER (NOT undecided AND stage IS NOT NULL) AS judged,
         count(*) FILTER (stage IN ('qualified', 'meeting', 'won')) AS qualified
  FROM leads WHERE campaign_id IS NOT NULL GROUP BY ALL
),
spent AS (SELECT account_id, campaign_id, sum(spend_minor) AS spend_minor FROM insights GROUP BY ALL)
SELECT count(*) AS campaigns, sum(o.leads)::BIGINT AS leads, sum(o.undecided)::BIGINT AS undecided,
       coalesce(sum(s.spend_minor), 0)::BIGINT AS spend_minor,
       count(*) FILTER (judged = 0) AS never_campaigns,
       coalesce(sum(o.leads) FILTER (judged = 0), 0)::BIGINT AS never_leads,
       coalesce(sum(s.spend_minor) FILTER (judged = 0), 0)::BIGINT AS never_spend_minor,
       count(*) FILTER (judged > 0) AS bad_campaigns,
       coalesce(sum(s.spend_minor) FILTER (judged > 0), 0)::BIGINT AS bad_spend_minor,
       (SELECT sum(spend_minor)::BIGINT FROM insights) AS all_spend_minor
FROM outcome AS o LEFT JOIN spent AS s USING (account_id, campaign_id)
WHERE o.qualified = 0
