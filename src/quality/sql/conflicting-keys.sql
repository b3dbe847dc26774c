-- One row: how many keys of insights conflict within a file; all their rows count.
-- Reads:  staging.conflicts
SELECT count(*) AS keys FROM staging.conflicts WHERE table_name = 'insights';
