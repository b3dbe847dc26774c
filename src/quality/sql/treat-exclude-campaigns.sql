-- Leaves out all delivery of campaigns.
-- Reads:  insights_now
-- Params: $step, $targets (JSON list of account and campaignId)
INSERT INTO treated_rows
WITH named AS (
  SELECT unnest(from_json($targets, '[{"account":"VARCHAR","campaignId":"VARCHAR"}]'), recursive := true)
)
SELECT i.file_id, i.line, $step, true, NULL, NULL, NULL, NULL
FROM insights_now AS i SEMI JOIN named AS n ON n.account = i.account_id AND n.campaignId = i.campaign_id;
