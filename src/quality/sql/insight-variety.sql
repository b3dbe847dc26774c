-- One row: how many levels the insights have, and whether any of their files names a currency.
-- Reads:  raw.insights, raw.files
SELECT (SELECT count(DISTINCT level) FROM raw.insights) AS levels,
       EXISTS (FROM raw.files WHERE table_name = 'insights' AND currency IS NOT NULL) AS currencies;
