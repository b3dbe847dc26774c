-- One row: leads that stand at new and nobody touched, of all leads, and what they cost at their campaigns' cost per lead.
-- Reads:  marts.leads_corrected, marts.delivery_corrected
WITH counted AS (
  SELECT l.campaign_key, sum(l.weight) AS leads,
         coalesce(sum(l.weight) FILTER (WHERE l.first_touch_at IS NULL AND l.stage = 'new'), 0) AS never
  FROM marts.leads_corrected AS l WHERE true /*narrow l*/
  GROUP BY ALL
),
spent AS (
  SELECT d.campaign_key, sum(d.spend_minor) AS spend_minor
  FROM marts.delivery_corrected AS d WHERE true /*narrow d*/
  GROUP BY ALL
)
SELECT coalesce(sum(c.leads), 0)::BIGINT AS leads, coalesce(sum(c.never), 0)::BIGINT AS never,
       round(sum(c.never * s.spend_minor::DOUBLE / nullif(c.leads, 0)))::BIGINT AS money_minor
FROM counted AS c LEFT JOIN spent AS s USING (campaign_key);
