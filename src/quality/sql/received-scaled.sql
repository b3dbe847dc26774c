-- Campaigns and insights with their amounts in the decimals of their account's currency.
-- Reads:  staging.named_campaigns, staging.named_insights, staging.amount_scales
CREATE OR REPLACE VIEW staging.received_campaigns AS
SELECT n.* REPLACE (CASE WHEN s.own IS NULL THEN n.daily_budget_minor
                         ELSE staging.rescaled(n.daily_budget_minor, s.typed, s.own) END AS daily_budget_minor)
FROM staging.named_campaigns AS n LEFT JOIN staging.amount_scales AS s USING (file_id, campaign_id);

CREATE OR REPLACE VIEW staging.received_insights AS
SELECT n.* REPLACE (CASE WHEN s.own IS NULL THEN n.spend_minor
                         ELSE staging.rescaled(n.spend_minor, s.typed, s.own) END AS spend_minor)
FROM staging.named_insights AS n LEFT JOIN staging.amount_scales AS s USING (file_id, campaign_id);
