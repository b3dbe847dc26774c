-- Leaves out leads.
-- Reads:  staging.campaign_leads, treated_leads
-- Params: $step, $targets (JSON list of account and leadId)
INSERT INTO treated_leads
WITH named AS (
  SELECT unnest(from_json($targets, '[{"account":"VARCHAR","leadId":"VARCHAR"}]'), recursive := true)
)
SELECT l.account_id, l.lead_id, $step
FROM staging.campaign_leads AS l
SEMI JOIN named AS n ON n.account = l.account_id AND n.leadId = l.lead_id
ANTI JOIN treated_leads AS t ON t.account_id = l.account_id AND t.lead_id = l.lead_id;
