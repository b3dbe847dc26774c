-- One row: spend of all insight rows that count, and campaigns that delivered.
-- Reads:  insights
SELECT coalesce(sum(spend_minor), 0)::BIGINT AS "spendMinor", count(DISTINCT (account_id, campaign_id)) AS delivered
FROM insights
