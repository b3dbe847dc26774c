-- One row per file and campaign whose amounts were typed with other decimals than the account's currency has: those of
-- files that name no currency. Such a file was typed with the decimals of the account it was imported for, else with
-- the most that any account has.
-- Reads:  raw.files, staging.named_campaigns, staging.named_insights, campaign_owner, staging.settings
INSERT INTO staging.amount_scales
WITH typed AS (
  SELECT f.file_id, CASE WHEN f.account IS NULL THEN base.untold_decimals ELSE coalesce(own.decimals, base.decimals) END
           AS decimals,
         coalesce(json_extract(f.mapping, '$.roundMoney')::BOOLEAN, false) AS rounds
  FROM raw.files AS f
  JOIN staging.settings AS base ON base.settings_id = 0
  LEFT JOIN staging.settings AS own ON own.account_id = f.account
  WHERE f.currency IS NULL
),
mentions AS (
  SELECT DISTINCT file_id, campaign_id FROM staging.named_campaigns
  UNION
  SELECT DISTINCT file_id, campaign_id FROM staging.named_insights
)
SELECT m.file_id, m.campaign_id, t.decimals, coalesce(own.decimals, base.decimals), t.rounds
FROM mentions AS m
JOIN typed AS t USING (file_id)
JOIN staging.settings AS base ON base.settings_id = 0
LEFT JOIN campaign_owner AS o USING (campaign_id)
LEFT JOIN staging.settings AS own ON own.account_id = coalesce(o.owner, 'main')
WHERE t.decimals <> coalesce(own.decimals, base.decimals) ORDER BY ALL;
