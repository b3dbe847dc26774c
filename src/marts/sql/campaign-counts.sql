-- One row: campaigns of the selection, with and without delivery, and those that spent without a lead, where leads
-- are known; null where no selected account knows what it would take.
-- A campaign is of a period if it ran, delivered or got a lead in it; of everything, always.
-- What it did is added up over the days of the period, or taken as stored where that is every day.
-- Reads:  marts.campaigns, marts.accounts, marts.delivery_corrected, marts.leads_corrected, marts.total_corrected
-- Params: $from, $to (dates, inclusive), $everything, $stored, $as_of, $spend_known, $leads_known
WITH delivered AS (
  SELECT d.campaign_key, sum(d.spend_minor) AS spend_minor FROM marts.delivery_corrected AS d
  WHERE d.day BETWEEN $from::DATE AND $to::DATE /*period*/ /*narrow d*/
  GROUP BY d.campaign_key
  UNION ALL
  SELECT campaign_key, spend_minor FROM marts.total_corrected WHERE $stored::BOOLEAN AND n > 0
),
asked AS (
  SELECT DISTINCT l.campaign_key FROM marts.leads_corrected AS l
  WHERE l.campaign_key IS NOT NULL AND l.arrival_day BETWEEN $from::DATE AND $to::DATE /*period*/ /*narrow l*/
  UNION ALL
  SELECT campaign_key FROM marts.total_corrected WHERE $stored::BOOLEAN AND leads > 0
),
chosen AS (
  SELECT d.campaign_key IS NOT NULL AS delivered, a.campaign_key IS NOT NULL AS asked, d.spend_minor,
         marts.knew(o.spend_since, $as_of) AS knows_spend,
         d.spend_minor > 0 AND a.campaign_key IS NULL AND marts.knew(o.leads_since, $as_of) AS in_vain
  FROM marts.campaigns AS c
  JOIN marts.accounts AS o ON o.account_key = c.account_key
  LEFT JOIN delivered AS d USING (campaign_key)
  LEFT JOIN asked AS a USING (campaign_key)
  WHERE ($everything OR d.campaign_key IS NOT NULL OR a.campaign_key IS NOT NULL
         OR (c.start_time::DATE <= $to::DATE AND coalesce(c.stop_time::DATE, $to::DATE) >= $from::DATE))
        /*narrow c*/
)
SELECT count(*) AS total, count(*) FILTER (WHERE delivered) AS delivered,
       marts.counted(count(*) FILTER (WHERE NOT delivered AND knows_spend), $spend_known) AS never_delivered,
       marts.counted(count(*) FILTER (WHERE in_vain), $leads_known) AS spend_no_lead,
       marts.counted(sum(spend_minor) FILTER (WHERE in_vain), $leads_known) AS spend_no_lead_minor
FROM chosen;
