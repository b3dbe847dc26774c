-- One page of the lead lines that count behind a number, each with the total of all of them. As rows-leads, without
-- copies and dropped lines: then the leads themselves say where they stand.
-- Reads:  raw.campaign_leads, raw.files, marts.leads_corrected
-- Params: $from, $to (dates, inclusive), $after_file, $after_line, $limit
WITH matched AS MATERIALIZED (
  SELECT l.file_id, l.line, NULL::VARCHAR AS reason FROM marts.leads_corrected AS l
  WHERE l.arrival_day BETWEEN $from::DATE AND $to::DATE /*narrow l*/ /*measure l*/ /*both*/ /*stage l*/
),
page AS (
  SELECT m.reason AS dropped, r.*
  FROM (SELECT * FROM matched
        WHERE file_id > $after_file::INTEGER OR (file_id = $after_file::INTEGER AND line > $after_line::BIGINT)
        ORDER BY file_id, line LIMIT $limit::BIGINT) AS m
  JOIN raw.campaign_leads AS r ON r.file_id = m.file_id AND r.line = m.line
)
SELECT t.total, f.name AS file, f.import_id, p.*
FROM (SELECT count(*) AS total FROM matched) AS t
LEFT JOIN page AS p ON true
LEFT JOIN raw.files AS f ON f.file_id = p.file_id
ORDER BY p.file_id, p.line;
