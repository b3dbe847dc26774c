-- Insights rows of a level that does not count for their campaign and day: the account's level counts where it is
-- decided and present, else the level of the oldest file that covers that campaign and day.
-- Reads:  staging.insights, staging.campaigns, staging.settings, staging.received_insights
INSERT INTO staging.drops
WITH mixed AS (
  SELECT campaign_id, day FROM staging.insights GROUP BY ALL HAVING min(level) <> max(level)
),
present AS (
  SELECT DISTINCT campaign_id, day, level FROM staging.insights SEMI JOIN mixed USING (campaign_id, day)
),
oldest AS (
  SELECT campaign_id, day, level, min(file_id) AS file_id
  FROM staging.received_insights SEMI JOIN mixed USING (campaign_id, day) GROUP BY ALL
),
counted AS (
  SELECT p.campaign_id, p.day,
         coalesce(max(p.level) FILTER (WHERE p.level = s.insight_level),
                  arg_min(p.level, (o.file_id, p.level))) AS level
  FROM present AS p
  JOIN oldest AS o USING (campaign_id, day, level)
  LEFT JOIN staging.campaigns AS c USING (campaign_id)
  LEFT JOIN staging.settings AS own ON own.account_id = c.account_id
  JOIN staging.settings AS s ON s.settings_id = coalesce(own.settings_id, 0)
  GROUP BY ALL
)
SELECT 'insights', i.file_id, i.line, 'other_level'
FROM staging.insights AS i JOIN counted AS k USING (campaign_id, day)
WHERE i.level <> k.level ORDER BY ALL;
