-- Records that were refused when their file was read, one row per reason.
-- Reads:  raw.rejects, files
SELECT f.name || ' · ' || coalesce(r.column_name, '') || ' · ' || r.code AS item,
       f.name || CASE WHEN r.column_name IS NULL THEN '' ELSE ' · ' || r.column_name END AS label,
       f.account AS account_id, NULL AS money_minor, NULL AS leads, r.file_id, r.line, f.name, f.table_name,
       r.column_name, r.value, r.code, r.reason
FROM raw.rejects AS r JOIN files AS f ON f.file_id = r.file_id
