-- One row per file and campaign whose amounts were typed with other decimals than the account's currency has.
-- Reads:  staging.typed_files, staging.named_campaigns, staging.named_insights, campaign_owner, staging.settings
INSERT INTO staging.amount_scales
WITH mentions AS (
  SELECT DISTINCT file_id, campaign_id FROM staging.named_campaigns
  UNION
  SELECT DISTINCT file_id, campaign_id FROM staging.named_insights
)
SELECT m.file_id, m.campaign_id, t.typed, coalesce(own.decimals, base.decimals), t.rounds
FROM mentions AS m
JOIN staging.typed_files AS t USING (file_id)
JOIN staging.settings AS base ON base.settings_id = 0
LEFT JOIN campaign_owner AS o USING (campaign_id)
LEFT JOIN staging.settings AS own ON own.account_id = coalesce(o.owner, 'main')
WHERE t.typed <> coalesce(own.decimals, base.decimals) ORDER BY ALL;
