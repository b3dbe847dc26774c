-- One imported file.
-- Writes: raw.files
-- Params: $file_id, $import_id, $name, $blob, $table_name, $format, $level, $account, $currency, $header, $mapping,
--         $rows_read, $rows_accepted, $rows_rejected, $total_rows, $imported_at (UTC)
INSERT INTO raw.files
SELECT CAST($file_id AS INTEGER), $import_id, $name, $blob, $table_name, $format, CAST($level AS VARCHAR),
       CAST($account AS VARCHAR), CAST($currency AS VARCHAR), CAST($header AS JSON), CAST($mapping AS JSON),
       CAST($rows_read AS BIGINT), CAST($rows_accepted AS BIGINT), CAST($rows_rejected AS BIGINT),
       CAST($total_rows AS BIGINT), CAST($imported_at AS TIMESTAMP)
