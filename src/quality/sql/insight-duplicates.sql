-- Insights rows equal in every column to an earlier line of their file.
-- Reads:  raw.insights, staging.drops, insight_repeats
INSERT INTO staging.drops
WITH repeated AS (
  SELECT i.* FROM raw.insights AS i SEMI JOIN insight_repeats AS r ON r.file_id = i.file_id AND r.line = i.line
),
numbered AS (
  SELECT i.file_id, i.line, row_number() OVER (
    PARTITION BY i.file_id, i.level, i.account_id, i.campaign_id, i.ad_set_id, i.ad_id, i.campaign_name,
                 i.ad_set_name, i.ad_name, i.day, i.spend_minor, i.impressions, i.clicks, i.reach,
                 i.attributes::VARCHAR
    ORDER BY i.line) AS nth
  FROM repeated AS i
  ANTI JOIN staging.drops AS d ON d.table_name = 'insights' AND d.file_id = i.file_id AND d.line = i.line
)
SELECT 'insights', file_id, line, 'exact_duplicate' FROM numbered WHERE nth > 1 ORDER BY ALL;
