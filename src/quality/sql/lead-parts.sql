-- Lines of leads, in parts of about $size: a run of whole files, or some lines of one.
-- Params: $size
-- Reads:  raw.campaign_leads
WITH files AS (
  SELECT file_id, count(*) AS lines, max(line) AS last FROM raw.campaign_leads GROUP BY file_id
),
runs AS (
  SELECT *, lines > $size AS long,
         (sum(CASE WHEN lines > $size THEN 0 ELSE lines END) OVER (ORDER BY file_id) // $size)::BIGINT AS run,
         sum(CASE WHEN lines > $size THEN 1 ELSE 0 END) OVER (ORDER BY file_id) AS before
  FROM files
)
SELECT min(file_id) AS first_file, max(file_id) AS last_file, -1 AS after_line, max(last) AS until_line
FROM runs WHERE NOT long GROUP BY run, before
UNION ALL
SELECT file_id, file_id, part * $size - 1, (part + 1) * $size - 1
FROM (SELECT file_id, unnest(range(last // $size + 1)) AS part FROM runs WHERE long)
ORDER BY ALL;
