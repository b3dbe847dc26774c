-- Insight rows of a block that stands in its file a second time, in the same order or another. exact: all figures are the
-- same (such rows are left out already); money: spend that is counted twice.
-- Reads:  retold
-- Params: $block_rows
SELECT file_id || ':' || block_line AS item,
       block_line || '–' || block_last || ' = ' || original_line || '–' || original_last AS label,
       account_id, CASE WHEN exact THEN NULL ELSE spend_minor END AS money_minor, NULL AS leads, file_id, line, first_line,
       exact, campaign_id, entity AS ad_set, day, first_spend_minor, spend_minor, impressions, clicks
FROM retold WHERE together >= $block_rows
