-- Insight rows that tell an ad set and day again which an earlier line of their file tells, exact copies among them (they
-- do not count). Lines that follow each other are a block where all of them were told before it began, in whatever order;
-- a few other lines may lie between where it copies one stretch. together: rows of the block, 1 where there is none.
-- Reads:  insights, drops, staging.received_insights
WITH copies AS (
  SELECT d.account_id, d.file_id, d.line, r.campaign_id,
         staging.entity(r.level, r.campaign_id, r.ad_set_id, r.ad_set_name, r.ad_id, r.ad_name) AS entity, r.day, r.spend_minor,
         r.impressions, r.clicks
  FROM drops AS d JOIN staging.received_insights AS r ON r.file_id = d.file_id AND r.line = d.line
  WHERE d.table_name = 'insights' AND d.reason = 'exact_duplicate'
),
keys AS (
  SELECT file_id, campaign_id, entity, day FROM insights GROUP BY ALL HAVING count(*) > 1
  UNION
  SELECT file_id, campaign_id, entity, day FROM copies
),
told AS (
  SELECT account_id, file_id, line, campaign_id, entity, day, spend_minor, impressions, clicks, false AS exact
  FROM insights SEMI JOIN keys USING (file_id, campaign_id, entity, day)
  UNION ALL
  SELECT *, true FROM copies
),
placed AS (
  SELECT *, first_value(line) OVER key AS first_line, first_value(spend_minor) OVER key AS first_spend_minor FROM told
  WINDOW key AS (PARTITION BY file_id, campaign_id, entity, day ORDER BY line)
),
stepped AS (
  SELECT *, line - lag(line) OVER (PARTITION BY file_id ORDER BY line) AS gap FROM placed WHERE line > first_line
),
numbered AS (
  SELECT *, sum(CASE WHEN gap <= 4 THEN 0 ELSE 1 END) OVER so_far AS loose, sum(CASE WHEN gap = 1 THEN 0 ELSE 1 END) OVER so_far AS strict
  FROM stepped WINDOW so_far AS (PARTITION BY file_id ORDER BY line)
),
-- With lines between, the first tellings must be one stretch too.
chosen AS (
  SELECT * EXCLUDE (gap, loose, strict),
         CASE WHEN greatest(max(line) OVER w - min(line) OVER w, max(first_line) OVER w - min(first_line) OVER w) < 2 * count(*) OVER w
              THEN loose ELSE -strict END AS block
  FROM numbered WINDOW w AS (PARTITION BY file_id, loose)
)
SELECT * EXCLUDE (block), min(line) OVER w AS block_line, max(line) OVER w AS block_last, min(first_line) OVER w AS original_line,
       max(first_line) OVER w AS original_last,
       CASE WHEN max(first_line) OVER w < min(line) OVER w THEN count(*) OVER w ELSE 1 END AS together
FROM chosen WINDOW w AS (PARTITION BY file_id, block)
