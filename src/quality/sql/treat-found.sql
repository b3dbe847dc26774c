-- One row: how many of what a treatment names are there.
-- Reads:  staging.campaigns, treated_rows, treated_leads, treated_log
-- Params: $step, $targets (JSON list of account and campaignId; empty where it names no campaigns)
WITH named AS (
  SELECT unnest(from_json($targets, '[{"account":"VARCHAR","campaignId":"VARCHAR"}]'), recursive := true)
)
SELECT (SELECT count(*) FROM treated_rows WHERE step = $step) + (SELECT count(*) FROM treated_leads WHERE step = $step)
       + (SELECT count(*) FROM treated_log WHERE step = $step)
       + (SELECT count(*) FROM staging.campaigns AS c
          SEMI JOIN named AS n ON n.account = c.account_id AND n.campaignId = c.campaign_id) AS rows;
