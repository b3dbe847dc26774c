-- One row per campaign of the group, in the order of its key: what it did over its whole life, the campaign itself among
-- them. Nothing is counted that its account does not know.
-- Reads:  marts.campaigns, marts.accounts, marts.delivery_corrected, marts.leads_corrected
-- Params: $campaign_id, $as_of
WITH chosen AS (
  SELECT c.campaign_key, c.campaign_id, c.account_key,
         c.project_key IS NOT DISTINCT FROM own.project_key AND own.project_key IS NOT NULL AS of_project,
         c.account_key = own.account_key AS of_account
  FROM marts.campaigns AS c
  JOIN marts.campaigns AS own ON own.campaign_id = $campaign_id
  WHERE c.currency = own.currency AND (c.project_key = own.project_key OR c.account_key = own.account_key) /*narrow c*/
),
delivered AS (
  SELECT d.campaign_key, sum(d.spend_minor)::BIGINT AS spend_minor,
         marts.with_both(sum(d.impressions)::BIGINT, sum(d.impressions_without_clicks)) AS impressions,
         marts.with_both(sum(d.clicks)::BIGINT, sum(d.clicks_without_impressions)) AS clicks
  FROM marts.delivery_corrected AS d WHERE d.campaign_key IN (SELECT campaign_key FROM chosen) /*narrow d*/
  GROUP BY d.campaign_key
),
asked AS (
  SELECT l.campaign_key, sum(l.weight) AS leads,
         sum(l.weight) FILTER (WHERE l.stage IN ('qualified', 'meeting', 'won')) AS qualified
  FROM marts.leads_corrected AS l WHERE l.campaign_key IN (SELECT campaign_key FROM chosen) /*narrow l*/
  GROUP BY l.campaign_key
)
SELECT c.campaign_id, c.of_project, c.of_account, d.spend_minor, d.impressions, d.clicks,
       marts.counted(a.leads, marts.knew(o.leads_since, $as_of)) AS leads,
       marts.counted(a.qualified, marts.knew_stages(o.staged, o.logged_since, $as_of)) AS qualified
FROM chosen AS c
JOIN marts.accounts AS o USING (account_key)
JOIN delivered AS d USING (campaign_key)
LEFT JOIN asked AS a USING (campaign_key)
ORDER BY c.campaign_key;
