-- Rows beyond the first of identical ones, one row per row; those of a block told twice are left to repeated-block.
-- money: the spend that the raw basis counts again.
-- Reads:  drops, files, raw.insights
-- Params: $block_rows
WITH repeats AS (
  SELECT d.*, d.line - row_number() OVER (PARTITION BY d.table_name, d.file_id ORDER BY d.line) AS run
  FROM drops AS d WHERE d.reason = 'exact_duplicate'
),
single AS (
  SELECT *, count(*) OVER (PARTITION BY table_name, file_id, run) AS together FROM repeats
)
SELECT s.table_name AS item, s.table_name AS label, s.account_id, i.spend_minor AS money_minor, NULL AS leads, s.file_id,
       s.line, s.table_name, f.name AS file, i.campaign_id, i.day, i.spend_minor, i.impressions, i.clicks
FROM single AS s
JOIN files AS f ON f.file_id = s.file_id
LEFT JOIN raw.insights AS i ON s.table_name = 'insights' AND i.file_id = s.file_id AND i.line = s.line
WHERE s.together < $block_rows
