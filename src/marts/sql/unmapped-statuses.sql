-- One row per status that the status map does not know, most rows first.
-- Reads:  staging.unmapped_statuses, marts.accounts
SELECT u.status, sum(u.rows) AS rows
FROM staging.unmapped_statuses AS u JOIN marts.accounts AS a USING (account_id)
WHERE true /*account a*/
GROUP BY u.status ORDER BY rows DESC, u.status;
