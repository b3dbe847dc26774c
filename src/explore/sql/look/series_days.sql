-- Days of series: one row per series and day; a day told twice counts once, together.
-- Reads:  insights, series
SELECT s.series, i.day, sum(i.spend_minor)::DOUBLE AS spend, sum(i.impressions)::DOUBLE AS impressions,
       sum(i.clicks)::DOUBLE AS clicks, sum(i.reach)::DOUBLE AS reach
FROM insights AS i JOIN series AS s USING (account_id, campaign_id, entity) GROUP BY s.series, i.day
