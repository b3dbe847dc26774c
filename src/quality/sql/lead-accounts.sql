-- One row per lead line not superseded, with its account. Of the phones only those that are not plainly Egyptian mobiles
-- are kept.
-- Reads:  staging.received_campaign_leads, raw.files, staging.drops, staging.campaigns, staging.settings
CREATE OR REPLACE TEMP TABLE lead_accounts AS
WITH lines AS (
  SELECT r.*, (SELECT f.account FROM raw.files AS f WHERE f.file_id = r.file_id) AS file_account
  FROM staging.received_campaign_leads AS r
),
owned AS (
  SELECT l.file_id, l.line, l.lead_id, staging.normalise(l.phone) AS phone,
         staging.lead_account(c.account_id, l.account_id, l.file_account, l.campaign_name) AS account_id
  FROM lines AS l
  LEFT JOIN staging.campaigns AS c USING (campaign_id)
  ANTI JOIN staging.drops AS d ON d.table_name = 'campaign_leads' AND d.file_id = l.file_id AND d.line = l.line
)
SELECT o.file_id, o.line, o.lead_id, o.account_id, s.region,
       CASE WHEN staging.egyptian_mobile(o.phone, s.region) IS NULL THEN o.phone END AS phone
FROM owned AS o
LEFT JOIN staging.settings AS own ON own.account_id = o.account_id
JOIN staging.settings AS s ON s.settings_id = coalesce(own.settings_id, 0);
