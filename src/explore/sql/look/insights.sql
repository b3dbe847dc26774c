-- Insights as explored: the rows that count, exact duplicates left out.
-- Reads:  staging.insights, staging.campaigns
SELECT c.account_id, i.campaign_id, i.entity, i.level, i.ad_set_id, i.ad_id, i.day, i.spend_minor, i.impressions,
       i.clicks, i.reach, i.attributes, i.file_id, i.line
FROM staging.insights AS i
JOIN staging.campaigns AS c ON c.campaign_id = i.campaign_id
