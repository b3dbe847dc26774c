-- Deal lines that do not count: an older file's of the same lead, stage and date; those of unknown leads; those in
-- another currency than the account's, or with more decimals than it has; copies. Conflicting lines of one file all count.
-- Reads:  staging.received_deals, raw.files, staging.typed_files, staging.campaign_leads, staging.settings
INSERT INTO staging.drops
WITH owned AS (
  SELECT d.*, l.lead_id IS NULL AS unresolved,
         coalesce(d.currency, f.currency, s.currency) <> s.currency AS other_currency,
         d.currency IS NULL AND NOT t.rounds AND NOT staging.rescales(d.value_minor, t.typed, s.decimals) AS inexact,
         d.file_id < max(d.file_id) OVER (PARTITION BY d.lead_id, d.stage, d.deal_date) AS superseded,
         row_number() OVER (PARTITION BY d.file_id, d.lead_id, d.stage, d.value_minor, d.currency, d.deal_date,
                                         d.cancelled_at, d.attributes::VARCHAR ORDER BY d.line) AS nth
  FROM staging.received_deals AS d
  LEFT JOIN raw.files AS f ON f.file_id = d.file_id
  LEFT JOIN staging.typed_files AS t ON t.file_id = d.file_id
  LEFT JOIN staging.campaign_leads AS l ON l.lead_id = d.lead_id
  LEFT JOIN staging.settings AS own ON own.account_id = l.account_id
  JOIN staging.settings AS s ON s.settings_id = coalesce(own.settings_id, 0)
)
SELECT 'deals', file_id, line,
       CASE WHEN superseded THEN 'superseded' WHEN unresolved THEN 'unresolved'
            WHEN other_currency THEN 'other_currency'
            WHEN inexact THEN 'inexact_amount' ELSE 'exact_duplicate' END
FROM owned WHERE superseded OR unresolved OR other_currency OR inexact OR nth > 1 ORDER BY ALL;
