-- One row per account of the scope.
-- Reads:  marts.accounts
SELECT account_id AS id, campaigns FROM marts.accounts AS a WHERE true /*scope a*/ ORDER BY campaigns DESC, id;
