-- How many reasons `rejects.sql` would list in all.
-- Reads:  raw.rejects, raw.files
-- Params: $import_id (null = all), $accounts (null = all)
SELECT count(*) AS total
FROM raw.rejects r JOIN raw.files f USING (file_id)
WHERE ($import_id IS NULL OR f.import_id = $import_id)
  AND ($accounts IS NULL OR list_contains($accounts, f.account))
