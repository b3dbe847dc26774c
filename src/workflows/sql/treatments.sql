-- One row per treatment in force: what of it is there, and what it changes in some accounts (null: in all).
-- Reads:  staging.treatments, marts.treatment_effects, marts.accounts
-- Params: $accounts
SELECT t.treatment_id, t.rows, coalesce(sum(e.spend_minor), 0)::BIGINT AS spend_minor,
       coalesce(sum(e.leads), 0)::BIGINT AS leads, count(e.treatment_id) AS days
FROM staging.treatments AS t
LEFT JOIN (
  SELECT * FROM marts.treatment_effects
  WHERE $accounts IS NULL
        OR account_key IN (SELECT account_key FROM marts.accounts
                           WHERE list_contains($accounts::VARCHAR[], account_id))
) AS e USING (treatment_id)
GROUP BY t.treatment_id, t.rows ORDER BY t.treatment_id;
