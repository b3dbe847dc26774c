-- Insight rows inside a running total, one row per row: as reported and as the day's own amount, the difference to the
-- row before. money: spend reported beyond the day's own.
-- Reads:  insights
-- Params: $accounts, $campaigns, $entities, $measures, $froms, $untils (spans, as parallel lists)
WITH spans AS (
  SELECT unnest($accounts::VARCHAR[]) AS account_id, unnest($campaigns::VARCHAR[]) AS campaign_id,
         unnest($entities::VARCHAR[]) AS entity, unnest($measures::VARCHAR[]) AS measures,
         unnest($froms::VARCHAR[])::DATE AS from_day, unnest($untils::VARCHAR[])::DATE AS until_day
),
told AS (
  SELECT i.*, s.from_day, s.measures,
         lag(spend_minor) OVER life AS spend_before, lag(impressions) OVER life AS impressions_before,
         lag(clicks) OVER life AS clicks_before
  FROM insights AS i
  JOIN spans AS s ON s.account_id = i.account_id AND s.campaign_id = i.campaign_id AND s.entity = i.entity
                     AND i.day BETWEEN s.from_day AND s.until_day
  WINDOW life AS (PARTITION BY i.campaign_id, i.entity, s.measures, s.from_day ORDER BY i.day, i.spend_minor, i.file_id, i.line)
),
own AS (
  SELECT *, spend_minor - CASE WHEN spend_minor >= spend_before * 0.98 THEN spend_before ELSE 0 END AS own_spend,
         impressions - CASE WHEN impressions >= impressions_before * 0.98 THEN impressions_before ELSE 0 END AS own_impressions,
         clicks - CASE WHEN clicks >= clicks_before * 0.98 THEN clicks_before ELSE 0 END AS own_clicks
  FROM told
)
SELECT campaign_id AS item, campaign_id AS label, account_id,
       CASE WHEN contains(measures, 'spend_minor') THEN spend_minor - coalesce(own_spend, spend_minor) END AS money_minor,
       NULL AS leads, file_id, line, campaign_id, entity AS ad_set, day, spend_minor AS reported_spend_minor,
       CASE WHEN contains(measures, 'spend_minor') THEN coalesce(own_spend, spend_minor) ELSE spend_minor END AS own_spend_minor,
       impressions, CASE WHEN contains(measures, 'impressions') THEN coalesce(own_impressions, impressions) ELSE impressions END AS own_impressions,
       clicks, CASE WHEN contains(measures, 'clicks') THEN coalesce(own_clicks, clicks) ELSE clicks END AS own_clicks, reach
FROM own
