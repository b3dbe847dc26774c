-- Insight rows of a block that stands in its file a second time: consecutive lines whose ad sets and days all stand the
-- same number of lines earlier too. exact: all figures are the same (such rows are left out already); money: spend that
-- is counted twice.
-- Reads:  insights, drops, raw.insights
-- Params: $block_rows
WITH twice AS (
  SELECT account_id, file_id, line, campaign_id, entity, day, spend_minor, impressions, clicks, false AS exact FROM insights
  WHERE (campaign_id, entity, day) IN (SELECT (campaign_id, entity, day) FROM insights GROUP BY ALL HAVING count(*) > 1)
),
exact AS (
  SELECT d.account_id, d.file_id, d.line, r.campaign_id, r.day, r.spend_minor, r.impressions, r.clicks,
         coalesce(r.ad_id, r.ad_set_id, r.campaign_id) AS entity
  FROM drops AS d JOIN raw.insights AS r ON r.file_id = d.file_id AND r.line = d.line
  WHERE d.table_name = 'insights' AND d.reason = 'exact_duplicate'
),
-- The first telling of each: of exact ones, the line that counts.
told AS (
  SELECT *, first_value(line) OVER key AS first_line, first_value(spend_minor) OVER key AS first_spend_minor FROM twice
  WINDOW key AS (PARTITION BY file_id, campaign_id, entity, day ORDER BY line)
  UNION ALL
  SELECT e.account_id, e.file_id, e.line, e.campaign_id, e.entity, e.day, e.spend_minor, e.impressions, e.clicks, true,
         (SELECT min(i.line) FROM insights AS i WHERE i.file_id = e.file_id AND i.campaign_id = e.campaign_id
          AND i.day = e.day AND i.spend_minor IS NOT DISTINCT FROM e.spend_minor
          AND i.impressions IS NOT DISTINCT FROM e.impressions AND i.clicks IS NOT DISTINCT FROM e.clicks), e.spend_minor
  FROM exact AS e
),
again AS (
  SELECT *, line - first_line AS distance,
         line - row_number() OVER (PARTITION BY file_id, line - first_line ORDER BY line) AS run
  FROM told WHERE line > first_line
),
blocks AS (
  SELECT *, count(*) OVER block AS rows_together, min(line) OVER block AS block_line,
         min(first_line) OVER block AS original_line, max(first_line) OVER block AS original_last
  FROM again WINDOW block AS (PARTITION BY file_id, distance, run)
)
SELECT file_id || ':' || block_line AS item,
       'lines ' || block_line || '–' || (block_line + rows_together - 1) || ' = ' || original_line || '–' || original_last AS label,
       account_id, CASE WHEN exact THEN NULL ELSE spend_minor END AS money_minor, NULL AS leads, file_id, line, first_line,
       exact, campaign_id, entity AS ad_set, day, first_spend_minor, spend_minor, impressions, clicks
FROM blocks WHERE rows_together >= $block_rows
