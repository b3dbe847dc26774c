-- One row: how many of what a treatment names are there.
-- Reads:  staging.campaigns, treated_rows, treated_leads, treated_log
-- Params: $step, $targets (JSON list of account and campaignId; empty where it names no campaigns)
SELECT (SELECT count(*) FROM treated_rows WHERE step = $step) + (SELECT count(*) FROM treated_leads WHERE step = $step)
       + (SELECT count(*) FROM treated_log WHERE step = $step)
       + (SELECT count(*) FROM staging.campaigns AS c
          SEMI JOIN staging.target_campaigns($targets) AS n
            ON n.account_id = c.account_id AND n.campaign_id = c.campaign_id) AS rows;
