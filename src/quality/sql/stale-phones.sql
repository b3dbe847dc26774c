-- Forgets parsed phones that no lead carries any more, so that a rebuild from nothing gives the same rows.
-- Reads:  used_phones
DELETE FROM staging.phones AS p
WHERE NOT EXISTS (FROM used_phones AS u WHERE u.phone = p.phone AND u.region = p.region);
