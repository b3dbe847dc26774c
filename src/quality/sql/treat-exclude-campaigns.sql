-- Leaves out all delivery of campaigns.
-- Reads:  insights_now
-- Params: $step, $targets (JSON list of account and campaignId)
INSERT INTO treated_rows
SELECT i.file_id, i.line, $step, true, NULL, NULL, NULL, NULL
FROM insights_now AS i
SEMI JOIN staging.target_campaigns($targets) AS n ON n.account_id = i.account_id AND n.campaign_id = i.campaign_id;
