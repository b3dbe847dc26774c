-- Leaves out all leads of campaigns.
-- Reads:  staging.campaign_leads, treated_leads
-- Params: $step, $targets (JSON list of account and campaignId)
INSERT INTO treated_leads
SELECT l.account_id, l.lead_id, $step
FROM staging.campaign_leads AS l
SEMI JOIN staging.target_campaigns($targets) AS n ON n.account_id = l.account_id AND n.campaign_id = l.campaign_id
ANTI JOIN treated_leads AS t ON t.account_id = l.account_id AND t.lead_id = l.lead_id;
