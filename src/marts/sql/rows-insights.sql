-- One page of the insights lines behind a number, each with the total of all of them.
-- Treated rows are told as treated, with the treatment beside; those left out do not count ('treatment').
-- Reads:  staging.received_insights, raw.files, staging.drops, staging.insight_corrections, marts.campaigns, marts.accounts
-- Params: $from, $to (dates, inclusive), $after_file, $after_line, $limit, $treated (whether treatments count)
WITH corrections AS (SELECT * FROM staging.insight_corrections WHERE $treated::BOOLEAN),
told AS (
  SELECT r.* REPLACE (CASE WHEN t.excluded IS NOT false THEN r.spend_minor ELSE t.spend_minor END AS spend_minor,
                      CASE WHEN t.excluded IS NOT false THEN r.impressions ELSE t.impressions END AS impressions,
                      CASE WHEN t.excluded IS NOT false THEN r.clicks ELSE t.clicks END AS clicks,
                      CASE WHEN t.excluded IS NOT false THEN r.reach ELSE t.reach END AS reach),
         t.treatment_id AS treatment
  FROM staging.received_insights AS r
  LEFT JOIN corrections AS t ON t.file_id = r.file_id AND t.line = r.line
),
uncounted AS (
  SELECT file_id, line, reason FROM staging.drops WHERE table_name = 'insights'
  UNION ALL SELECT file_id, line, 'treatment' FROM corrections WHERE excluded
),
matched AS MATERIALIZED (
  SELECT r.file_id, r.line, x.reason
  FROM told AS r
  LEFT JOIN uncounted AS x ON x.file_id = r.file_id AND x.line = r.line
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
  JOIN told AS r ON r.file_id = m.file_id AND r.line = m.line
)
SELECT t.total, f.name AS file, f.import_id, p.*
FROM (SELECT count(*) AS total FROM matched) AS t
LEFT JOIN page AS p ON true
LEFT JOIN raw.files AS f ON f.file_id = p.file_id
ORDER BY p.file_id, p.line;
