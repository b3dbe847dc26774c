-- Series of insights: one row per entity of a campaign, with a number that stands for its three names, which is much
-- faster to sort and to group by, and its rows.
-- Reads:  insights
SELECT row_number() OVER () AS series, account_id, campaign_id, entity, count(*) AS days
FROM insights GROUP BY account_id, campaign_id, entity
