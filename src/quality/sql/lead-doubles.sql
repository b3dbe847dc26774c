-- One row per lead id with several lines: how many, and how many of them belong to a known account. Found by a 64-bit
-- hash, so that millions of ids stay small in memory; a collision only brings in ids that are then counted in full.
-- Reads:  lead_accounts
CREATE OR REPLACE TEMP TABLE lead_doubles AS
WITH repeated AS (
  SELECT hash(lead_id) AS id_hash FROM lead_accounts GROUP BY id_hash HAVING count(*) > 1
)
SELECT lead_id, count(*) AS copies, count(account_id) AS owned FROM lead_accounts
WHERE hash(lead_id) IN (SELECT id_hash FROM repeated)
GROUP BY lead_id HAVING count(*) > 1;
