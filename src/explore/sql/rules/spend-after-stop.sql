-- Insight rows of days after their campaign's stop, one row per row; total: the row lies in a running total.
-- Reads:  insights, campaigns
-- Params: $accounts, $campaigns, $entities, $froms, $untils (running totals, as parallel lists)
WITH totals AS (
  SELECT unnest($accounts::VARCHAR[]) AS account_id, unnest($campaigns::VARCHAR[]) AS campaign_id,
         unnest($entities::VARCHAR[]) AS entity, unnest($froms::VARCHAR[])::DATE AS from_day,
         unnest($untils::VARCHAR[])::DATE AS until_day
)
SELECT i.campaign_id AS item, i.campaign_id AS label, i.account_id, i.spend_minor AS money_minor, NULL AS leads, i.file_id,
       i.line, i.campaign_id, i.entity AS ad_set, i.day, c.stop_time, i.day - c.stop_time::DATE AS days_late, i.spend_minor,
       i.impressions, t.from_day IS NOT NULL AS total
FROM insights AS i
JOIN campaigns AS c ON c.account_id = i.account_id AND c.campaign_id = i.campaign_id
LEFT JOIN totals AS t ON t.account_id = i.account_id AND t.campaign_id = i.campaign_id AND t.entity = i.entity
                         AND i.day BETWEEN t.from_day AND t.until_day
WHERE i.day > c.stop_time
