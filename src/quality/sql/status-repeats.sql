-- Status log lines beside the one that counts of equal lead, status and time in one file.
-- Reads:  staging.received_lead_status_changes, staging.drops
INSERT INTO staging.drops
WITH repeated AS (
  SELECT lead_id, status, changed_at FROM staging.received_lead_status_changes GROUP BY ALL HAVING count(*) > 1
),
lines AS (
  SELECT s.* FROM staging.received_lead_status_changes AS s
  SEMI JOIN repeated USING (lead_id, status, changed_at)
  ANTI JOIN staging.drops AS d ON d.table_name = 'lead_status_changes' AND d.file_id = s.file_id AND d.line = s.line
),
compared AS (
  SELECT *, attributes::VARCHAR IS NOT DISTINCT FROM last_value(attributes::VARCHAR) OVER (
    PARTITION BY lead_id, status, changed_at ORDER BY line
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS same
  FROM lines
),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY lead_id, status, changed_at, same ORDER BY line) AS nth FROM compared
)
SELECT 'lead_status_changes', file_id, line, CASE WHEN same THEN 'exact_duplicate' ELSE 'conflicting_key' END
FROM numbered WHERE NOT same OR nth > 1 ORDER BY ALL;
