-- One row: how many campaigns carry a spelling that a step merges.
-- Reads:  staging.campaigns, staging.project_merges
-- Params: $step
SELECT count(DISTINCT (k.account_id, k.campaign_id)) AS n
FROM staging.campaigns AS k
JOIN staging.project_merges AS p
  ON p.step = $step AND p.project_name = k.project_name AND (p.account_id IS NULL OR p.account_id = k.account_id);
