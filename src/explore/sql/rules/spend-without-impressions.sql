-- Insight rows that cost money and were shown to nobody (none told where most rows tell it is none), or were shown often
-- and cost nothing; one row per row.
-- Reads:  insights
-- Params: $impressions (fewest that are no rounding of the spend)
SELECT campaign_id AS item, campaign_id AS label, account_id, spend_minor AS money_minor, NULL AS leads, file_id, line,
       campaign_id, entity AS ad_set, day, spend_minor, impressions, clicks, reach
FROM insights
WHERE (spend_minor > 0 AND coalesce(impressions, 0) = 0
       AND (impressions = 0 OR (SELECT 2 * count(impressions) >= count(*) FROM insights)))
   OR (spend_minor = 0 AND impressions >= $impressions)
