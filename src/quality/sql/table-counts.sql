-- One row per table: lines read, what does not count and why, what does.
-- Reads:  raw.*, staging.drops
WITH tables AS (
  SELECT * FROM (VALUES (1, 'campaigns'), (2, 'insights'), (3, 'campaign_leads'), (4, 'lead_status_changes'),
                        (5, 'people'), (6, 'deals')) t(place, table_name)
),
files AS (
  SELECT table_name, count(*) AS files, sum(rows_read)::BIGINT AS rows_read, sum(rows_accepted)::BIGINT AS rows_accepted,
         sum(rows_rejected)::BIGINT AS rows_rejected, sum(total_rows)::BIGINT AS total_rows
  FROM raw.files GROUP BY ALL
),
dropped AS (
  SELECT table_name,
         count(*) FILTER (WHERE reason = 'exact_duplicate') AS exact_duplicates,
         count(*) FILTER (WHERE reason = 'superseded') AS superseded,
         count(*) FILTER (WHERE reason = 'other_level') AS other_level,
         count(*) FILTER (WHERE reason = 'unresolved') AS unresolved,
         count(*) FILTER (WHERE reason = 'conflicting_key') AS conflicting_keys,
         count(*) FILTER (WHERE reason = 'other_currency') AS other_currency,
         count(*) FILTER (WHERE reason = 'inexact_amount') AS inexact_amounts
  FROM staging.drops GROUP BY ALL
)
SELECT table_name, coalesce(files, 0) AS files, coalesce(rows_read, 0) AS rows_read,
       coalesce(rows_accepted, 0) AS rows_accepted, coalesce(rows_rejected, 0) AS rows_rejected,
       coalesce(total_rows, 0) AS total_rows, coalesce(exact_duplicates, 0) AS exact_duplicates,
       coalesce(superseded, 0) AS superseded, coalesce(other_level, 0) AS other_level,
       coalesce(unresolved, 0) AS unresolved, coalesce(conflicting_keys, 0) AS conflicting_keys,
       coalesce(other_currency, 0) AS other_currency, coalesce(inexact_amounts, 0) AS inexact_amounts
FROM tables LEFT JOIN files USING (table_name) LEFT JOIN dropped USING (table_name)
ORDER BY place
