-- Rejected records with their reasons, newest file first, then by line and column.
-- Reads:  raw.rejects, raw.files
-- Params: $import_id (null = all), $accounts (null = all), $after_file, $after_line, $after_n (cursor), $limit
-- The page with the whole line on which the cursor stands: numbering all rejects for each page takes hours for millions.
WITH page AS (
  SELECT r.*, f.import_id, f.name AS file
  FROM raw.rejects r JOIN raw.files f USING (file_id)
  WHERE ($import_id IS NULL OR f.import_id = $import_id)
    AND ($accounts IS NULL OR list_contains($accounts, f.account))
    AND ($after_file IS NULL OR r.file_id < $after_file OR (r.file_id = $after_file AND r.line >= $after_line))
  ORDER BY r.file_id DESC, r.line, r.column_name, r.code
  LIMIT CAST($limit AS BIGINT) + coalesce(CAST($after_n AS BIGINT), 0)
),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY file_id, line ORDER BY column_name, code) AS n FROM page
)
SELECT file_id, import_id, file, line, n, column_name, value, code, reason, record
FROM numbered
WHERE ($after_file IS NULL OR file_id < $after_file
       OR (file_id = $after_file AND (line, n) > ($after_line, $after_n)))
ORDER BY file_id DESC, line, n
LIMIT $limit
