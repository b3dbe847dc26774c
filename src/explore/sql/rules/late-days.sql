-- Insight rows that a newer file tells differently from the one before: one row per row in force whose superseded telling
-- had other figures. money: the change of spend, without its sign.
-- Reads:  insights, drops, staging.received_insights, files
WITH older AS (
  SELECT d.account_id, r.campaign_id, r.day, r.spend_minor, r.impressions, r.clicks, d.file_id, r.level,
         staging.entity(r.level, r.campaign_id, r.ad_set_id, r.ad_set_name, r.ad_id, r.ad_name) AS entity
  FROM drops AS d JOIN staging.received_insights AS r ON r.file_id = d.file_id AND r.line = d.line
  WHERE d.table_name = 'insights' AND d.reason = 'superseded'
),
last_told AS (
  SELECT * FROM older QUALIFY row_number() OVER (PARTITION BY account_id, campaign_id, entity, level, day ORDER BY file_id DESC) = 1
)
SELECT i.campaign_id AS item, i.campaign_id AS label, i.account_id,
       abs(coalesce(i.spend_minor, 0) - coalesce(o.spend_minor, 0)) AS money_minor, NULL AS leads, i.file_id, i.line, i.campaign_id,
       i.entity AS ad_set, i.day, o.spend_minor AS spend_before, i.spend_minor AS spend_now, o.impressions AS impressions_before,
       i.impressions AS impressions_now, f.imported_at::DATE - i.day AS days_old
FROM insights AS i
JOIN last_told AS o ON o.account_id = i.account_id AND o.campaign_id = i.campaign_id AND o.entity = i.entity
                       AND o.level = i.level AND o.day = i.day
JOIN files AS f ON f.file_id = i.file_id
WHERE o.spend_minor IS DISTINCT FROM i.spend_minor OR o.impressions IS DISTINCT FROM i.impressions
   OR o.clicks IS DISTINCT FROM i.clicks
