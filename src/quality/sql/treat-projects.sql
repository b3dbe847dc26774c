-- Gives the campaigns of merged spellings their one name; a merge within the account goes before one for all.
-- Reads:  staging.project_merges
-- Params: $step
UPDATE staging.campaigns AS c SET project_name = m.into_name, project_search = staging.fold(m.into_name)
FROM (
  SELECT k.account_id, k.campaign_id, arg_max(p.into_name, (p.account_id IS NOT NULL, p.into_name)) AS into_name
  FROM staging.campaigns AS k
  JOIN staging.project_merges AS p
    ON p.step = $step AND p.project_name = k.project_name AND (p.account_id IS NULL OR p.account_id = k.account_id)
  GROUP BY ALL
) AS m
WHERE m.account_id = c.account_id AND m.campaign_id = c.campaign_id;
