-- One row per currency that a file names itself.
-- Reads:  raw.files
SELECT DISTINCT currency FROM raw.files WHERE currency IS NOT NULL ORDER BY currency;
