-- Forgets parsed phones that no lead carries any more, so that a rebuild from nothing gives the same rows.
-- Reads:  lead_accounts
DELETE FROM staging.phones AS p
WHERE NOT EXISTS (FROM lead_accounts AS a
                  WHERE a.phone = p.phone AND a.region = p.region AND a.account_id IS NOT NULL);
