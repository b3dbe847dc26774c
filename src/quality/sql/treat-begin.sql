-- Empty tables for what treatments change, filled step by step, and the insights as the steps before leave them.
-- Reads:  staging.insights, staging.campaigns
CREATE OR REPLACE TEMP TABLE treated_rows (
  file_id INTEGER, line BIGINT, step INTEGER, excluded BOOLEAN, spend_minor BIGINT, impressions BIGINT, clicks BIGINT,
  reach BIGINT
);
CREATE OR REPLACE TEMP TABLE treated_leads (account_id VARCHAR, lead_id VARCHAR, step INTEGER);
CREATE OR REPLACE TEMP TABLE treated_log (file_id INTEGER, line BIGINT, step INTEGER);
CREATE OR REPLACE TEMP VIEW insights_now AS
SELECT c.account_id, i.campaign_id, i.entity, i.day, i.file_id, i.line,
       CASE WHEN t.step IS NULL THEN i.spend_minor ELSE t.spend_minor END AS spend_minor,
       CASE WHEN t.step IS NULL THEN i.impressions ELSE t.impressions END AS impressions,
       CASE WHEN t.step IS NULL THEN i.clicks ELSE t.clicks END AS clicks,
       CASE WHEN t.step IS NULL THEN i.reach ELSE t.reach END AS reach
FROM staging.insights AS i
JOIN staging.campaigns AS c ON c.campaign_id = i.campaign_id
LEFT JOIN (
  SELECT * FROM treated_rows QUALIFY row_number() OVER (PARTITION BY file_id, line ORDER BY step DESC) = 1
) AS t ON t.file_id = i.file_id AND t.line = i.line
WHERE t.excluded IS NOT true;
