-- One row: what the selected accounts have in common.
-- Reads:  marts.accounts
SELECT count(*) AS accounts, any_value(account_id) AS account_id,
       list_sort(list_distinct(coalesce(flatten(list(currencies)), []))) AS currencies,
       coalesce(bool_and(revenue_known), false) AS revenue_known, max(horizon_days) AS horizon_days
FROM marts.accounts AS a WHERE true /*account a*/;
