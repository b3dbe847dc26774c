-- One row: the currencies of some accounts (null: of all), sorted.
-- Reads:  marts.accounts
-- Params: $accounts
SELECT list_sort(list_distinct(flatten(list(currencies)))) AS currencies FROM marts.accounts
WHERE $accounts IS NULL OR list_contains($accounts::VARCHAR[], account_id);
