-- Leaves out leads by the file and line that counts.
-- Reads:  staging.campaign_leads, treated_leads
-- Params: $step, $targets (JSON list of ranges of lines, both ends inclusive)
INSERT INTO treated_leads
WITH named AS (
  SELECT unnest(from_json($targets, '[{"table_name":"VARCHAR","file_id":"INTEGER","first":"BIGINT","last":"BIGINT"}]'),
                recursive := true)
),
lines AS (
  SELECT file_id, unnest(generate_series(first, last)) AS line FROM named WHERE table_name = 'campaign_leads'
)
SELECT l.account_id, l.lead_id, $step
FROM staging.campaign_leads AS l
SEMI JOIN lines AS n ON n.file_id = l.file_id AND n.line = l.line
ANTI JOIN treated_leads AS t ON t.account_id = l.account_id AND t.lead_id = l.lead_id;
