-- One row per deal line that counts, in the account's currency.
-- Reads:  staging.received_deals, staging.typed_files, staging.drops, staging.campaign_leads, staging.settings
INSERT INTO staging.deals
SELECT d.lead_id, l.account_id, staging.fold(d.stage),
       CASE WHEN d.currency IS NOT NULL OR t.typed IS NULL THEN d.value_minor
            ELSE staging.rescaled(d.value_minor, t.typed, s.decimals) END,
       s.currency, d.deal_date, d.cancelled_at,
       d.file_id, d.line
FROM staging.received_deals AS d
LEFT JOIN staging.typed_files AS t ON t.file_id = d.file_id
ANTI JOIN staging.drops AS x ON x.table_name = 'deals' AND x.file_id = d.file_id AND x.line = d.line
JOIN staging.campaign_leads AS l ON l.lead_id = d.lead_id
LEFT JOIN staging.settings AS own ON own.account_id = l.account_id
JOIN staging.settings AS s ON s.settings_id = coalesce(own.settings_id, 0)
ORDER BY d.file_id, d.line;
