-- Leaves out leads by the file and line that counts.
-- Reads:  staging.campaign_leads, treated_leads
-- Params: $step, $targets (JSON list of ranges of lines, both ends inclusive)
INSERT INTO treated_leads
SELECT l.account_id, l.lead_id, $step
FROM staging.campaign_leads AS l
SEMI JOIN staging.target_lines($targets, 'campaign_leads') AS n ON n.file_id = l.file_id AND n.line = l.line
ANTI JOIN treated_leads AS t ON t.account_id = l.account_id AND t.lead_id = l.lead_id;
