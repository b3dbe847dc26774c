-- The deals table, where the folder has one.
INSERT INTO deals
SELECT lead_id, stage, (value::DECIMAL(18, 4) * 100)::BIGINT, cancelled_at IS NOT NULL
FROM read_csv('$folder/deals.csv', header = true, all_varchar = true);
