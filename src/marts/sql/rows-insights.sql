-- One page of the insights lines behind a number, each with the total of all of them.
-- Reads:  staging.received_insights, raw.files, staging.drops, marts.campaigns, marts.accounts
-- Params: $from, $to (dates, inclusive), $after_file, $after_line, $limit
WITH matched AS MATERIALIZED (
  SELECT r.file_id, r.line, x.reason
  FROM staging.received_insights AS r
  LEFT JOIN staging.drops AS x ON x.table_name = 'insights' AND x.file_id = r.file_id AND x.line = r.line
  LEFT JOIN (
    SELECT c.*, a.lag_hours FROM marts.campaigns AS c JOIN marts.accounts AS a USING (account_key)
  ) AS c ON c.campaign_id = r.campaign_id
  WHERE r.day BETWEEN $from::DATE AND $to::DATE /*counting x*/ /*narrow c*/ /*known r*/ /*both*/
),
page AS (
  SELECT m.reason AS dropped, r.*
  FROM (SELECT * FROM matched
        WHERE file_id > $after_file::INTEGER OR (file_id = $after_file::INTEGER AND line > $after_line::BIGINT)
        ORDER BY file_id, line LIMIT $limit::BIGINT) AS m
  JOIN staging.received_insights AS r ON r.file_id = m.file_id AND r.line = m.line
)
SELECT t.total, f.name AS file, f.import_id, p.*
FROM (SELECT count(*) AS total FROM matched) AS t
LEFT JOIN page AS p ON true
LEFT JOIN raw.files AS f ON f.file_id = p.file_id
ORDER BY p.file_id, p.line;
