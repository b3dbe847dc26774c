-- One page of the lead lines behind a number, each with the total of all of them.
-- Reads:  raw.campaign_leads, staging.received_campaign_leads, raw.files, staging.drops, staging.lead_exclusions,
--         staging.campaign_leads, marts.leads_corrected
-- Params: $from, $to (dates, inclusive), $after_file, $after_line, $limit, $treated (whether treatments count)
WITH uncounted AS (
  SELECT file_id, line, reason FROM staging.drops WHERE table_name = 'campaign_leads'
  UNION ALL
  SELECT l.file_id, l.line, 'treatment' FROM staging.campaign_leads AS l
  SEMI JOIN staging.lead_exclusions AS e ON e.account_id = l.account_id AND e.lead_id = l.lead_id
  WHERE $treated::BOOLEAN
),
matched AS MATERIALIZED (
  SELECT r.file_id, r.line, x.reason
  FROM staging.received_campaign_leads AS r
  LEFT JOIN uncounted AS x ON x.file_id = r.file_id AND x.line = r.line
  LEFT JOIN marts.leads_corrected AS l ON l.lead_id = r.lead_id
  WHERE coalesce(l.arrival_day, r.added_at::DATE) BETWEEN $from::DATE AND $to::DATE
        /*counting x*/ /*narrow l*/ /*measure l*/ /*both*/ /*stage l*/
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
