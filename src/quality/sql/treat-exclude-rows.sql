-- Leaves out insights rows by file and line.
-- Reads:  insights_now
-- Params: $step, $targets (JSON list of ranges of lines, both ends inclusive)
INSERT INTO treated_rows
WITH named AS (
  SELECT unnest(from_json($targets, '[{"table_name":"VARCHAR","file_id":"INTEGER","first":"BIGINT","last":"BIGINT"}]'),
                recursive := true)
),
lines AS (
  SELECT file_id, unnest(generate_series(first, last)) AS line FROM named WHERE table_name = 'insights'
)
SELECT file_id, line, $step, true, NULL, NULL, NULL, NULL FROM insights_now SEMI JOIN lines USING (file_id, line);
