-- Rows beyond the first of identical ones, one row per row; those of a block of insights told twice are left to
-- repeated-block. money: the spend that the raw basis counts again.
-- Reads:  drops, files, retold, staging.received_insights
-- Params: $block_rows
SELECT d.table_name AS item, d.table_name AS label, d.account_id, i.spend_minor AS money_minor, NULL AS leads, d.file_id,
       d.line, d.table_name, f.name AS file, i.campaign_id, i.day, i.spend_minor, i.impressions, i.clicks
FROM drops AS d
JOIN files AS f ON f.file_id = d.file_id
LEFT JOIN staging.received_insights AS i ON d.table_name = 'insights' AND i.file_id = d.file_id AND i.line = d.line
ANTI JOIN (SELECT file_id, line FROM retold WHERE together >= $block_rows) AS b ON b.file_id = d.file_id AND b.line = d.line
WHERE d.reason = 'exact_duplicate'
