-- One row per contact: leads, and the spend behind them: of each campaign its spend of these days, shared equally among
-- its leads of these days. NULL where no account knows its spend.
-- Reads:  lead_waits, marts.delivery_corrected
-- Params: $from, $to (dates, inclusive), $spend_known
WITH spent AS (
  SELECT d.campaign_key, sum(d.spend_minor) AS spend_minor FROM marts.delivery_corrected AS d
  WHERE d.day BETWEEN $from::DATE AND $to::DATE /*narrow d*/ GROUP BY d.campaign_key
),
counted AS (SELECT campaign_key, contact, count(*) AS leads FROM lead_waits GROUP BY campaign_key, contact),
shared AS (SELECT *, sum(leads) OVER (PARTITION BY campaign_key) AS all_leads FROM counted)
SELECT c.contact, sum(c.leads) AS leads,
       CASE WHEN $spend_known
            THEN round(coalesce(sum(s.spend_minor::DOUBLE * c.leads / c.all_leads ORDER BY c.campaign_key), 0))::BIGINT
            END AS spend_minor
FROM shared AS c LEFT JOIN spent AS s USING (campaign_key) GROUP BY c.contact;
