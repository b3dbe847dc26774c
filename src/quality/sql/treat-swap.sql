-- Exchanges two columns.
-- Reads:  insights_now
-- Params: $step, $targets (JSON list of spans of series), $one, $other (columns)
INSERT INTO treated_rows
WITH chosen AS (
  SELECT DISTINCT i.file_id, i.line
  FROM insights_now AS i
  JOIN staging.target_series($targets) AS s
    ON s.account_id = i.account_id AND s.campaign_id = i.campaign_id AND (s.entity IS NULL OR s.entity = i.entity)
       AND i.day BETWEEN s.from_day AND s.until_day
),
valued AS (
  SELECT i.*, CASE $one WHEN 'spend_minor' THEN i.spend_minor WHEN 'impressions' THEN i.impressions
                        WHEN 'clicks' THEN i.clicks ELSE i.reach END AS one_value,
         CASE $other WHEN 'spend_minor' THEN i.spend_minor WHEN 'impressions' THEN i.impressions
                     WHEN 'clicks' THEN i.clicks ELSE i.reach END AS other_value
  FROM insights_now AS i SEMI JOIN chosen AS c ON c.file_id = i.file_id AND c.line = i.line
)
SELECT file_id, line, $step, false,
       CASE 'spend_minor' WHEN $one THEN other_value WHEN $other THEN one_value ELSE spend_minor END,
       CASE 'impressions' WHEN $one THEN other_value WHEN $other THEN one_value ELSE impressions END,
       CASE 'clicks' WHEN $one THEN other_value WHEN $other THEN one_value ELSE clicks END,
       CASE 'reach' WHEN $one THEN other_value WHEN $other THEN one_value ELSE reach END
FROM valued;
