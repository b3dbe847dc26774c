-- Rejected records with their reasons, newest file first, then by line and column.
-- Reads:  raw.rejects, raw.files
-- Params: $import_id (null = all), $accounts (null = all), $after_file, $after_line, $after_n (cursor), $limit
WITH numbered AS (
  SELECT r.*, f.import_id, f.name AS file,
         row_number() OVER (PARTITION BY r.file_id, r.line ORDER BY r.column_name, r.code) AS n
  FROM raw.rejects r JOIN raw.files f USING (file_id)
  WHERE ($import_id IS NULL OR f.import_id = $import_id)
    AND ($accounts IS NULL OR list_contains($accounts, f.account))
)
SELECT file_id, import_id, file, line, n, column_name, value, code, reason, record
FROM numbered
WHERE ($after_file IS NULL OR file_id < $after_file
       OR (file_id = $after_file AND (line, n) > ($after_line, $after_n)))
ORDER BY file_id DESC, line, n
LIMIT $limit
