-- Campaign lines that do not count: an older file's, copies, and all but the last of conflicting lines.
-- Reads:  staging.received_campaigns
INSERT INTO staging.drops
WITH repeated AS (
  SELECT campaign_id, max(file_id) AS newest FROM staging.received_campaigns GROUP BY campaign_id HAVING count(*) > 1
),
lines AS (
  SELECT c.file_id, c.line, c.campaign_id, c.file_id < r.newest AS superseded,
         row(c.account_id, c.campaign_name, c.project_name, c.daily_budget_minor, c.start_time, c.stop_time,
             c.attributes::VARCHAR) AS content
  FROM staging.received_campaigns AS c JOIN repeated AS r USING (campaign_id)
),
compared AS (
  SELECT *, content IS NOT DISTINCT FROM last_value(content) OVER (
    PARTITION BY file_id, campaign_id ORDER BY line
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS same
  FROM lines
),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY file_id, campaign_id, same ORDER BY line) AS nth FROM compared
)
SELECT 'campaigns', file_id, line,
       CASE WHEN superseded THEN 'superseded' WHEN same THEN 'exact_duplicate' ELSE 'conflicting_key' END
FROM numbered WHERE superseded OR NOT same OR nth > 1 ORDER BY ALL;
