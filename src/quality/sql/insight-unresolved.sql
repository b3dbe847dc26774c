-- Insights rows whose campaign belongs to no known account. Nearly all have one, so that is looked at first.
-- Reads:  staging.received_insights, staging.campaigns, staging.drops
INSERT INTO staging.drops
WITH homeless AS (SELECT file_id, line FROM staging.received_insights ANTI JOIN staging.campaigns USING (campaign_id))
SELECT 'insights', h.file_id, h.line, 'unresolved'
FROM homeless AS h
ANTI JOIN staging.drops AS d ON d.table_name = 'insights' AND d.file_id = h.file_id AND d.line = h.line
ORDER BY ALL;
