-- Multiplies measures by a factor, to whole units, halves away from zero; decimal, so that an exact half stays one.
-- Reads:  insights_now
-- Params: $step, $targets (JSON list of spans of series), $factor (text)
INSERT INTO treated_rows
WITH chosen AS (
  SELECT i.file_id, i.line, flatten(list(s.measures)) AS measures
  FROM insights_now AS i
  JOIN staging.target_series($targets) AS s
    ON s.account_id = i.account_id AND s.campaign_id = i.campaign_id AND (s.entity IS NULL OR s.entity = i.entity)
       AND i.day BETWEEN s.from_day AND s.until_day
  GROUP BY i.file_id, i.line
)
SELECT i.file_id, i.line, $step, false,
       CASE WHEN list_contains(c.measures, 'spend_minor')
            THEN round(i.spend_minor::DECIMAL(18, 0) * $factor::DECIMAL(20, 12))::BIGINT ELSE i.spend_minor END,
       CASE WHEN list_contains(c.measures, 'impressions')
            THEN round(i.impressions::DECIMAL(18, 0) * $factor::DECIMAL(20, 12))::BIGINT ELSE i.impressions END,
       CASE WHEN list_contains(c.measures, 'clicks')
            THEN round(i.clicks::DECIMAL(18, 0) * $factor::DECIMAL(20, 12))::BIGINT ELSE i.clicks END,
       CASE WHEN list_contains(c.measures, 'reach')
            THEN round(i.reach::DECIMAL(18, 0) * $factor::DECIMAL(20, 12))::BIGINT ELSE i.reach END
FROM insights_now AS i JOIN chosen AS c ON c.file_id = i.file_id AND c.line = i.line;
