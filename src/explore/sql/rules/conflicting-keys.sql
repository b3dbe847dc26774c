-- Insight rows of an entity and day that is told more than once with other figures, one row per row; those of a block
-- told twice are left to repeated-block. money: what the smaller tellings add to the spend.
-- Reads:  insights, retold
-- Params: $block_rows
WITH tellings AS (
  SELECT *, row_number() OVER (PARTITION BY account_id, campaign_id, entity, day, level ORDER BY spend_minor DESC NULLS LAST, line DESC) AS place
  FROM insights
  SEMI JOIN (SELECT account_id, campaign_id, entity, day, level FROM insights GROUP BY ALL HAVING count(*) > 1)
      USING (account_id, campaign_id, entity, day, level)
)
SELECT t.campaign_id || ' ' || t.entity || ' ' || t.day AS item, t.campaign_id || ', ' || t.entity || ', ' || t.day AS label,
       t.account_id, CASE WHEN place > 1 THEN spend_minor END AS money_minor, NULL AS leads, t.file_id, t.line, t.campaign_id,
       t.entity AS ad_set, t.day, t.spend_minor, t.impressions, t.clicks, t.reach, place > 1 AS smaller
FROM tellings AS t
ANTI JOIN (SELECT account_id, campaign_id, entity, day FROM retold WHERE together >= $block_rows) AS b
       ON b.account_id = t.account_id AND b.campaign_id = t.campaign_id AND b.entity = t.entity AND b.day = t.day
