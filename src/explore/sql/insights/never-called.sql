-- One row: logged leads that nobody touched, and what the leads of their campaigns cost.
-- Reads:  leads, insights
WITH cost AS (
  SELECT account_id, campaign_id, sum(spend_minor) AS spend_minor FROM insights GROUP BY ALL
),
counted AS (
  SELECT account_id, campaign_id, count(*) AS leads, count(*) FILTER (logged) AS logged,
         count(*) FILTER (logged AND first_touch_at IS NULL) AS never
  FROM leads WHERE campaign_id IS NOT NULL GROUP BY ALL
)
SELECT sum(logged)::BIGINT AS logged, sum(never)::BIGINT AS never,
       round(sum(spend_minor * never / leads))::BIGINT AS spend_minor
FROM counted LEFT JOIN cost USING (account_id, campaign_id)
