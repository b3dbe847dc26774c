-- One page of the deal lines behind a revenue, each with the total of all of them.
-- Reads:  raw.deals, staging.received_deals, raw.files, staging.drops, staging.deals, marts.leads_corrected
-- Params: $from, $to (dates, inclusive), $after_file, $after_line, $limit
WITH matched AS MATERIALIZED (
  SELECT r.file_id, r.line, x.reason
  FROM staging.received_deals AS r
  LEFT JOIN staging.drops AS x ON x.table_name = 'deals' AND x.file_id = r.file_id AND x.line = r.line
  LEFT JOIN marts.leads_corrected AS l ON l.lead_id = r.lead_id
  WHERE coalesce(l.arrival_day, r.deal_date) BETWEEN $from::DATE AND $to::DATE
        /*counting x*/ /*narrow l*/ /*contract r*/ /*both*/
),
page AS (
  SELECT m.reason AS dropped, r.* REPLACE (coalesce(s.value_minor, r.value_minor) AS value_minor)
  FROM (SELECT * FROM matched
        WHERE file_id > $after_file::INTEGER OR (file_id = $after_file::INTEGER AND line > $after_line::BIGINT)
        ORDER BY file_id, line LIMIT $limit::BIGINT) AS m
  JOIN raw.deals AS r ON r.file_id = m.file_id AND r.line = m.line
  LEFT JOIN staging.deals AS s ON s.file_id = m.file_id AND s.line = m.line
)
SELECT t.total, f.name AS file, f.import_id, p.*
FROM (SELECT count(*) AS total FROM matched) AS t
LEFT JOIN page AS p ON true
LEFT JOIN raw.files AS f ON f.file_id = p.file_id
ORDER BY p.file_id, p.line;
