-- One row: what the selected accounts have in common, and what any of them knows; revenue is known
-- where all of them know their deals.
-- Reads:  marts.accounts, marts.campaigns
-- Params: $whole (neither project nor campaign narrows), $as_of
SELECT count(*) AS accounts, any_value(account_id) AS account_id,
       list_sort(list_distinct(coalesce(flatten(list(currencies)), []))) AS currencies,
       max(horizon_days) AS horizon_days,
       coalesce(bool_or(marts.knew(spend_since, $as_of)), false) AS spend_known,
       coalesce(bool_or(marts.knew(impressions_since, $as_of)), false) AS impressions_known,
       coalesce(bool_or(marts.knew(clicks_since, $as_of)), false) AS clicks_known,
       coalesce(bool_or(marts.knew(reach_since, $as_of)), false) AS reach_known,
       coalesce(bool_or(marts.knew(leads_since, $as_of)), false) AS leads_known,
       coalesce(bool_or(marts.knew_stages(staged, logged_since, $as_of)), false) AS stages_known,
       coalesce(bool_or(marts.knew(logged_since, $as_of)), false) AS log_known,
       coalesce(bool_and(marts.knew(revenue_since, $as_of)), false) AS revenue_known
FROM marts.accounts AS a
WHERE ($whole::BOOLEAN OR a.account_key IN (SELECT c.account_key FROM marts.campaigns AS c WHERE true /*narrow c*/))
      /*account a*/;
