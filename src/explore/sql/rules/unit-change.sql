-- Insight rows on the odd side of a change of unit, one row per row. changed_campaign: null where all of the account changed;
-- money: their spend as it stands.
-- Reads:  insights
-- Params: $accounts, $campaigns ('' = all of the account), $days, $sides ('before' or 'after'), as parallel lists
WITH changes AS (
  SELECT unnest($accounts::VARCHAR[]) AS account_id, unnest($campaigns::VARCHAR[]) AS campaign_id,
         unnest($days::VARCHAR[])::DATE AS change_day, unnest($sides::VARCHAR[]) AS side
)
SELECT i.account_id AS item, i.account_id AS label, i.account_id, i.spend_minor AS money_minor, NULL AS leads, i.file_id, i.line,
       i.campaign_id, i.entity AS ad_set, i.day, i.spend_minor, i.impressions, i.clicks, c.change_day,
       nullif(c.campaign_id, '') AS changed_campaign
FROM insights AS i
JOIN changes AS c ON c.account_id = i.account_id AND (c.campaign_id = '' OR c.campaign_id = i.campaign_id)
                     AND CASE c.side WHEN 'before' THEN i.day < c.change_day ELSE i.day >= c.change_day END
